// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.meterbox.store.Store;

/** What PostgreSQL counts of its own work. */
final class DatabaseCounters {
  private static final String QUERY =
      """
      SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),
             pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
      """;

  private final Store store;

  DatabaseCounters(Store store) {
    this.store = store;
  }

  /**
   * Counters since the database was made.
   *
   * @param commits transactions committed, with those that only read
   * @param walOctets written ahead
   */
  record Reading(long commits, long walOctets) {}

  Reading read() {
    return store.statement(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(QUERY)) {
        if (!row.next()) {
          throw new SQLException("the database counts nothing");
        }
        return new Reading(row.getLong(1), row.getLong(2));
      }
    });
  }
}
