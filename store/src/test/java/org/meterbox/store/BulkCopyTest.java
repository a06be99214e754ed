// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BulkCopyTest {
  private static final String TABLE =
      """
      CREATE TEMPORARY TABLE every_type
        (a bigint, b integer, c smallint, d boolean, e text, f bytea, g uuid, h timestamptz)
      ON COMMIT DROP
      """;
  private static final String[] COLUMNS = {"a", "b", "c", "d", "e", "f", "g", "h"};

  private final Store store = TestStore.fresh();

  @AfterEach
  void close() {
    store.close();
  }

  // The database reads each type as what was meant, at its extremes and as nothing.
  @Test
  void writesEveryTypeSoThatTheDatabaseReadsItBack() {
    UUID id = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");
    String text =
        read(
            "SELECT concat_ws('|', a, b, c, d, e, encode(f, 'hex'), g, h) FROM %s",
            copy -> {
              copy.row()
                  .put(Long.MIN_VALUE)
                  .put(Integer.MAX_VALUE)
                  .put((short) -2)
                  .put(true)
                  .put("£ ok")
                  .put(new byte[] {0, (byte) 0xFF})
                  .put(id)
                  .put(Instant.parse("9999-12-31T23:59:59.123456789Z"));
            });
    assertThat(text)
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "-9223372036854775808|2147483647|-2|t|£ ok|00ff|%s|9999-12-31 23:59:59.123456+00",
                id));
  }

  @Test
  void writesNothingsAndManyRowsBeyondItsBuffer() {
    byte[] long_ = new byte[100_000];
    String counted =
        read(
            "SELECT count(*) || '|' || sum(length(f)) || '|' || count(e) FROM %s",
            copy -> {
              for (int i = 0; i < 20; i++) {
                copy.row().putNull().putNull().putNull().putNull().putNull();
                copy.put(long_).putNull().putNull();
              }
            });
    assertThat(counted).isEqualTo("20|2000000|0");
  }

  private interface Rows {
    void write(BulkCopy copy) throws SQLException;
  }

  private String read(String question, Rows rows) {
    return store.transact(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute(TABLE);
        try (BulkCopy copy = BulkCopy.into(connection, "every_type", COLUMNS)) {
          rows.write(copy);
          copy.finish();
        }
        try (ResultSet row =
            statement.executeQuery(String.format(Locale.ROOT, question, "every_type"))) {
          row.next();
          return row.getString(1);
        }
      }
    });
  }

  // A refused copy can be taken back to a savepoint, and the rest of the transaction stays.
  @Test
  void leavesTheTransactionUsableBehindASavepoint() {
    Notes.prepare(store);
    store.transact(connection -> {
      copyNote(connection, 1);
      var before = connection.setSavepoint();
      assertThatThrownBy(() -> copyNote(connection, 1)).isInstanceOf(SQLException.class);
      connection.rollback(before);
      copyNote(connection, 2);
      return before;
    });
    assertThat(Notes.texts(store)).containsExactly("note 1", "note 2");
  }

  @Test
  void givesUpWhatWasNotFinished() {
    Notes.prepare(store);
    store.transact(connection -> {
      var before = connection.setSavepoint();
      try (BulkCopy copy = BulkCopy.into(connection, "sample.note", "id", "text")) {
        copy.row().put(1L).put("lost");
      }
      connection.rollback(before);
      // The connection is free for the next one.
      copyNote(connection, 2);
      return connection;
    });
    assertThat(Notes.texts(store)).containsExactly("note 2");
  }

  private static void copyNote(Connection connection, long id) throws SQLException {
    try (BulkCopy copy = BulkCopy.into(connection, "sample.note", "id", "text")) {
      copy.row().put(id).put("note " + id);
      assertThat(copy.finish()).isEqualTo(1);
    }
  }
}
