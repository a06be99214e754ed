// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.repository.SmkiSchema;
import org.meterbox.store.Store;

/**
 * The audit log in PostgreSQL, schema {@code smki}. The table refuses changes and deletions; the
 * chain of hashes shows them where somebody got around that.
 */
public final class PostgresAuditLog implements AuditLog {
  /** One writer at a time, across processes: an entry needs the hash of the one before. */
  private static final long WRITERS_LOCK = 0x534D4B4941554449L;

  private static final String INSERT =
      """
      INSERT INTO smki.audit (number, at, actor, action, detail, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private final Store store;
  private final InstantSource clock;

  private PostgresAuditLog(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Brings the schema up to date and opens the log. */
  public static PostgresAuditLog open(Store store, InstantSource clock) {
    SmkiSchema.migrate(store);
    return new PostgresAuditLog(store, clock);
  }

  @Override
  public AuditEntry append(String actor, AuditAction action, String detail) {
    return store.transact(connection -> append(connection, actor, action, detail));
  }

  /** Writes an entry as part of a transaction: the deed and its record stand or fall together. */
  public AuditEntry append(Connection connection, String actor, AuditAction action, String detail)
      throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute("SELECT pg_advisory_xact_lock(" + WRITERS_LOCK + ")");
    }
    AuditEntry entry = next(connection, actor, action, detail);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, entry.number());
      insert.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
      insert.setString(3, actor);
      insert.setString(4, action.name());
      insert.setString(5, detail);
      insert.setBytes(6, entry.previous().toArray());
      insert.setBytes(7, entry.hash().toArray());
      insert.executeUpdate();
    }
    return entry;
  }

  private AuditEntry next(Connection connection, String actor, AuditAction action, String detail)
      throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet last =
            query.executeQuery(
                "SELECT number, hash FROM smki.audit ORDER BY number DESC LIMIT 1")) {
      boolean first = !last.next();
      Octets lastHash = first ? AuditEntry.BEGINNING : Octets.of(last.getBytes(2));
      long number = first ? 1 : last.getLong(1) + 1;
      return AuditEntry.after(lastHash, number, clock.instant(), actor, action, detail);
    }
  }

  @Override
  public List<AuditEntry> read(long from, int entriesMax) {
    return store.transact(connection -> {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT * FROM smki.audit WHERE number >= ? ORDER BY number LIMIT ?")) {
        query.setLong(1, from);
        query.setInt(2, Math.min(entriesMax, PAGE_MAX));
        List<AuditEntry> entries = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            entries.add(entry(rows));
          }
        }
        return List.copyOf(entries);
      }
    });
  }

  @Override
  public long last() {
    return store.transact(connection -> {
      try (Statement query = connection.createStatement();
          ResultSet row = query.executeQuery("SELECT coalesce(max(number), 0) FROM smki.audit")) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("number"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        AuditAction.valueOf(row.getString("action")),
        row.getString("detail"),
        Octets.of(row.getBytes("previous")),
        Octets.of(row.getBytes("hash")));
  }
}
