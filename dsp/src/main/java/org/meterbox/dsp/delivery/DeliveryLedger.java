// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.store.GroupCommit;
import org.meterbox.store.Store;

/** The rows of notices on their way to users. Safe for use by many threads. */
public final class DeliveryLedger {
  /** What {@link #set} fills in. Only what is pending has a next attempt. */
  public static final String COLUMNS = "(recipient, kind, created, document, next_attempt, state)";

  /** The values for {@link #COLUMNS}. */
  public static final String VALUES = "?, ?, ?, ?, ?, 'PENDING'";

  private static final String INSERT =
      "INSERT INTO dsp.delivery " + COLUMNS + " VALUES (" + VALUES + ") RETURNING id";
  private static final String DUE =
      """
      SELECT id, created, document, trying_since FROM dsp.delivery
      WHERE recipient = ? AND next_attempt <= ?
      ORDER BY next_attempt, id LIMIT ?
      """;
  private static final String RECIPIENTS =
      "SELECT DISTINCT recipient FROM dsp.delivery WHERE next_attempt <= ?";
  private static final String MAKE_DUE =
      "UPDATE dsp.delivery SET next_attempt = ? WHERE next_attempt > ?";
  private static final String OPERATING_TIME = "SELECT millis FROM dsp.operating_time";
  private static final String STORE_OPERATING_TIME = "UPDATE dsp.operating_time SET millis = ?";
  private static final String END =
      """
      UPDATE dsp.delivery
      SET state = ?, next_attempt = NULL, attempts = attempts + 1, last_attempt = ?,
          last_fault = NULLIF(?, '')
      WHERE id = ? AND state = 'PENDING'
      """;
  private static final String FAILED =
      """
      UPDATE dsp.delivery
      SET next_attempt = ?, attempts = attempts + 1, last_attempt = ?, last_fault = ?,
          trying_since = COALESCE(trying_since, ?)
      WHERE id = ? AND state = 'PENDING'
      """;

  private final Store store;
  private final GroupCommit<Ended, Boolean> ends;

  /** The notices in this store. */
  public DeliveryLedger(Store store) {
    this.store = store;
    this.ends = new GroupCommit<>(store, DeliveryLedger::end);
  }

  /** How the delivery of one notice ended. */
  private record Ended(long id, End end, Instant at, String fault) {}

  /**
   * A stored notice that its recipient does not have yet.
   *
   * @param id its number
   * @param created when it was made
   * @param tryingSince the {@link OperatingTime} of the first attempt that failed; none before
   */
  public record Pending(
      long id, Eui64 recipient, Instant created, Octets document, Optional<Duration> tryingSince) {}

  /** How the delivery of a notice ends. */
  enum End {
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
        return pending(row.getLong(1), notice);
      }
    }
  }

  /** Sets the parameters of {@link #VALUES} from the parameter {@code first} on. */
  public static void set(PreparedStatement statement, int first, Notice notice)
      throws SQLException {
    OffsetDateTime made = utc(notice.made());
    statement.setLong(first, notice.recipient().value());
    statement.setString(first + 1, notice.kind().name());
    statement.setObject(first + 2, made);
    statement.setBytes(first + 3, notice.document().toArray());
    statement.setObject(first + 4, made);
  }

  /** The notice under the number that the store gave it. */
  public static Pending pending(long id, Notice notice) {
    return new Pending(id, notice.recipient(), notice.made(), notice.document(), Optional.empty());
  }

  /** Notices of one user that are to be pushed now, longest due first. */
  List<Pending> due(Eui64 recipient, Instant now, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(DUE)) {
        statement.setLong(1, recipient.value());
        statement.setObject(2, utc(now));
        statement.setInt(3, max);
        try (ResultSet row = statement.executeQuery()) {
          List<Pending> found = new ArrayList<>();
          while (row.next()) {
            found.add(
                new Pending(
                    row.getLong(1),
                    recipient,
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    Octets.of(row.getBytes(3)),
                    tryingSince(row)));
          }
          return found;
        }
      }
    });
  }

  private static Optional<Duration> tryingSince(ResultSet row) throws SQLException {
    long millis = row.getLong(4);
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  /** Users for whom something is to be pushed now. */
  List<Eui64> recipientsOfDue(Instant now) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RECIPIENTS)) {
        statement.setObject(1, utc(now));
        try (ResultSet row = statement.executeQuery()) {
          List<Eui64> found = new ArrayList<>();
          while (row.next()) {
            found.add(new Eui64(row.getLong(1)));
          }
          return found;
        }
      }
    });
  }

  /** Makes everything pending due now. */
  void makeAllDue(Instant now) {
    bringForward(now, Duration.ZERO);
  }

  /** Makes due now what would be due only after this wait. */
  void bringForward(Instant now, Duration wait) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(MAKE_DUE)) {
        statement.setObject(1, utc(now));
        statement.setObject(2, utc(now.plus(wait)));
        return statement.executeUpdate();
      }
    });
  }

  /** The operating time as last stored. */
  Duration operatingTime() {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(OPERATING_TIME);
          ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("dsp.operating_time has lost its row");
        }
        return Duration.ofMillis(row.getLong(1));
      }
    });
  }

  /** Stores the operating time. */
  void storeOperatingTime(Duration total) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(STORE_OPERATING_TIME)) {
        statement.setLong(1, total.toMillis());
        return statement.executeUpdate();
      }
    });
  }

  /**
   * Notes the end of a delivery.
   *
   * @param fault of the last attempt; empty for none
   */
  void end(long id, End end, Instant now, String fault) {
    boolean _ = ends.run(new Ended(id, end, now, fault));
  }

  private static List<Boolean> end(Connection connection, List<Ended> ended) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      for (Ended one : ended) {
        statement.setString(1, one.end().name());
        statement.setObject(2, utc(one.at()));
        statement.setString(3, one.fault());
        statement.setLong(4, one.id());
        statement.addBatch();
      }
      return Arrays.stream(statement.executeBatch()).mapToObj(count -> count == 1).toList();
    }
  }

  /**
   * Notes an attempt that failed, and when the next one is due.
   *
   * @param tryingSince the operating time of the first attempt, kept from the first failure on
   */
  void failed(long id, Instant now, String fault, Instant nextAttempt, Duration tryingSince) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FAILED)) {
        statement.setObject(1, utc(nextAttempt));
        statement.setObject(2, utc(now));
        statement.setString(3, fault);
        statement.setLong(4, tryingSince.toMillis());
        statement.setLong(5, id);
        return statement.executeUpdate();
      }
    });
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
