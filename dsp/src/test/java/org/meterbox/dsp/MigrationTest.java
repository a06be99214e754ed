// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

/** What an earlier version has stored is still there, and still under way, after the migration. */
final class MigrationTest {
  private static final String EARLIER =
      """
      INSERT INTO request
        (originator, target, counter, stage, srv, variant, priority, device_type, received,
         document, digest, answer, state, reason, sends, due, command, command_originator,
         command_counter)
      VALUES
        (1, 2, 10, 'T', '7.2', 4, 0, 'ESME', now(), 'd', 'h', 'a', 'ANSWERED', NULL, 0, NULL,
         '\\x01', 1, 10),
        (1, 2, 10, 'X', '7.2', 5, 0, 'ESME', now(), 'd', 'h', 'a', 'IN_FLIGHT', NULL, 2, now(),
         '\\x02', 1, 10),
        (1, 2, 11, 'X', '4.1.1', 1, 2, 'ESME', now(), 'd', 'h', 'a', 'FAILED', 'NO_RESPONSE', 0,
         NULL, '\\x03', 9, 77),
        (1, 2, 12, 'X', '4.1.1', 2, 2, 'ESME', now(), 'd', 'h', 'a', 'ANSWERED', NULL, 0, NULL,
         '\\x04', 1, 12),
        (1, 2, 13, 'X', '4.1.1', 1, 2, NULL, now(), 'd', 'h', 'a', 'REFUSED', 'E4', 0, NULL,
         NULL, NULL, NULL)
      """;

  private static String migration(String name) {
    try (InputStream file = MigrationTest.class.getResourceAsStream("schema/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }

  @Test
  void requestsOfTheFirstVersionGoOn() {
    try (Store store = TestStore.fresh()) {
      store.transact(connection -> {
        try (Statement statement = connection.createStatement()) {
          statement.execute("CREATE SCHEMA dsp");
          statement.execute("SET LOCAL search_path = dsp");
          statement.execute(migration("V1__data_systems.sql"));
          statement.execute(migration("V2__due_in_the_row.sql"));
          statement.execute(EARLIER);
          statement.execute(migration("V4__requests_and_commands.sql"));
        }
        assertThat(
                query(
                    connection,
                    "SELECT concat_ws(' ', originator, counter, encode(octets, 'hex'), state,"
                        + " failure, sends, due IS NOT NULL, request_counter)"
                        + " FROM command ORDER BY request_counter"))
            .containsExactly(
                "1 10 02 IN_FLIGHT 2 t 10",
                "9 77 03 FAILED NO_RESPONSE 0 f 11",
                "1 12 04 GIVEN_BACK 0 f 12");
        assertThat(
                query(
                    connection,
                    "SELECT concat_ws(' ', counter, stage, state, reason,"
                        + " encode(pre_command, 'hex'), due) FROM request ORDER BY counter, stage"))
            .containsExactly(
                "10 T ANSWERED 01",
                "10 X IN_FLIGHT",
                "11 X FAILED NO_RESPONSE",
                "12 X ANSWERED",
                "13 X REFUSED E4");
        return connection;
      });
    }
  }
}
