// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A table to write into, for the tests of the store. */
final class Notes {
  private Notes() {}

  static void prepare(Store store) {
    store.migrate("sample", "org/meterbox/store/sample");
  }

  static void write(Store store, long id, String text) {
    store.transact(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO sample.note VALUES (?, ?)")) {
        insert.setLong(1, id);
        insert.setString(2, text);
        return insert.executeUpdate();
      }
    });
  }

  static List<String> texts(Store store) {
    return store.transact(connection -> {
      List<String> texts = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT text FROM sample.note ORDER BY id")) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    });
  }
}
