// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.store.Store;

/** The rows of notices on their way to users. Safe for use by many threads. */
public final class DeliveryLedger {
  private static final String INSERT =
      """
      INSERT INTO dsp.delivery (recipient, kind, created, document, state)
      VALUES (?, ?, ?, ?, 'PENDING') RETURNING id
      """;
  private static final String FIND =
      "SELECT recipient, document, created FROM dsp.delivery WHERE id = ? AND state = 'PENDING'";
  private static final String MISSING_TIMERS =
      """
      INSERT INTO dsp.scheduled_tasks AS t
        (task_name, task_instance, execution_time, picked, version)
      SELECT ?, id::text, ?, false, 1 FROM dsp.delivery WHERE state = 'PENDING' AND created <= ?
      ON CONFLICT (task_name, task_instance) DO
      """
          + " NOTHING";
  private static final String ALL_TIMERS =
      MISSING_TIMERS.replace(
          " NOTHING",
          """
           UPDATE SET execution_time = excluded.execution_time, picked = false, picked_by = NULL,
          last_heartbeat = NULL, version = t.version + 1
          """);
  private static final String END =
      """
      UPDATE dsp.delivery
      SET state = ?, attempts = attempts + 1, last_attempt = ?, last_fault = ?
      WHERE id = ? AND state = 'PENDING'
      """;

  private final Store store;

  /** The notices in this store. */
  public DeliveryLedger(Store store) {
    this.store = store;
  }

  /**
   * A stored notice that its recipient does not have yet.
   *
   * @param id its number
   * @param created when it was made
   */
  public record Pending(long id, Eui64 recipient, Instant created, Octets document) {}

  /** How the delivery of a notice ends. */
  public enum End {
    /** The recipient has acknowledged it. */
    DELIVERED,
    /** Nobody took it as long as it is tried. */
    UNDELIVERED
  }

  /** Stores a notice as part of the caller's transaction. */
  public static Pending insert(Connection connection, Notice notice) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      set(statement, 1, notice);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("a stored notice has a number");
        }
        return new Pending(row.getLong(1), notice.recipient(), notice.made(), notice.document());
      }
    }
  }

  /** Sets recipient, kind, time and document, in this order, from the parameter {@code first}. */
  public static void set(PreparedStatement statement, int first, Notice notice)
      throws SQLException {
    statement.setLong(first, notice.recipient().value());
    statement.setString(first + 1, notice.kind().name());
    statement.setObject(first + 2, notice.made().atOffset(ZoneOffset.UTC));
    statement.setBytes(first + 3, notice.document().toArray());
  }

  /** The notice, where it is still pending. */
  Optional<Pending> find(long id) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FIND)) {
        statement.setLong(1, id);
        try (ResultSet row = statement.executeQuery()) {
          return row.next()
              ? Optional.of(
                  new Pending(
                      id,
                      new Eui64(row.getLong(1)),
                      row.getObject(3, OffsetDateTime.class).toInstant(),
                      Octets.of(row.getBytes(2))))
              : Optional.empty();
        }
      }
    });
  }

  /** Sets the timer of every pending notice to now, whoever had it in hand before. */
  void setAllTimers(String timer, Instant now) {
    setTimers(ALL_TIMERS, timer, now, now);
  }

  /** Sets a timer for now for every pending notice made before a moment that has none. */
  void setMissingTimers(String timer, Instant madeBefore, Instant now) {
    setTimers(MISSING_TIMERS, timer, madeBefore, now);
  }

  private void setTimers(String sql, String timer, Instant madeBefore, Instant now) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, timer);
        statement.setObject(2, now.atOffset(ZoneOffset.UTC));
        statement.setObject(3, madeBefore.atOffset(ZoneOffset.UTC));
        return statement.executeUpdate();
      }
    });
  }

  /** Notes the end of a delivery. */
  void end(long id, End end, Instant now, Optional<String> fault) {
    note(id, end.name(), now, fault);
  }

  /** Notes an attempt that failed; the notice stays pending. */
  void failed(long id, Instant now, String fault) {
    note(id, "PENDING", now, Optional.of(fault));
  }

  private void note(long id, String state, Instant now, Optional<String> fault) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(END)) {
        statement.setString(1, state);
        statement.setObject(2, now.atOffset(ZoneOffset.UTC));
        statement.setString(3, fault.orElse(null));
        statement.setLong(4, id);
        return statement.executeUpdate();
      }
    });
  }
}
