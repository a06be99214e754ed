// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.anomaly.Threshold.Amount;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.store.Store;

/**
 * The rows of thresholds and value limits. They are kept in memory and read again every few
 * seconds, so that what one process is told soon holds in all. Safe for use by many threads.
 */
final class AnomalyRuleStore {
  /** For how long rules in memory are relied on. */
  static final Duration KEEP = Duration.ofSeconds(5);

  private static final String THRESHOLDS =
      """
      SELECT counted, srv, requests, percent, expected_per_month, hours, warning, valid_from,
        valid_until
      FROM dsp.anomaly_threshold WHERE valid_until IS NULL OR valid_until > ? ORDER BY id
      """;
  private static final String LIMITS =
      """
      SELECT counted, srv, element, minimum, maximum, valid_from, valid_until
      FROM dsp.value_limit WHERE valid_until IS NULL OR valid_until > ? ORDER BY id
      """;
  private static final String ADD_THRESHOLD =
      """
      INSERT INTO dsp.anomaly_threshold
        (counted, srv, requests, percent, expected_per_month, hours, warning, valid_from,
         valid_until, file)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String ADD_LIMIT =
      """
      INSERT INTO dsp.value_limit
        (counted, srv, element, minimum, maximum, valid_from, valid_until, file)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** What holds for ever and begins later ends what held for ever before. */
  private static final String END_THRESHOLD =
      """
      UPDATE dsp.anomaly_threshold SET valid_until = ?
      WHERE counted = ? AND srv = ? AND valid_until IS NULL AND valid_from < ?
      """;

  private static final String END_LIMIT =
      """
      UPDATE dsp.value_limit SET valid_until = ?
      WHERE counted = ? AND srv = ? AND element = ? AND valid_until IS NULL AND valid_from < ?
      """;
  private static final String COUNT =
      """
      SELECT (SELECT count(*) FROM dsp.anomaly_threshold t JOIN dsp.anomaly_file f ON t.file = f.id
              WHERE f.signer = ? AND (t.valid_until IS NULL OR t.valid_until > ?))
        + (SELECT count(*) FROM dsp.value_limit l JOIN dsp.anomaly_file f ON l.file = f.id
           WHERE f.signer = ? AND (l.valid_until IS NULL OR l.valid_until > ?))
      """;

  private final Store store;
  private volatile Cached cached = new Cached(new AnomalyRules(List.of(), List.of()), Instant.MIN);

  private record Cached(AnomalyRules rules, Instant read) {
    /** Threads that run together know slightly different times; a clock may be set back. */
    boolean countsAt(Instant now) {
      return !read.equals(Instant.MIN)
          && now.isAfter(read.minus(KEEP))
          && now.isBefore(read.plus(KEEP));
    }
  }

  AnomalyRuleStore(Store store) {
    this.store = store;
  }

  /** The rules, as they were at most {@link #KEEP} ago. */
  AnomalyRules rules(Instant now) {
    Cached known = cached;
    return known.countsAt(now) ? known.rules() : readIfOld(now);
  }

  /** Of the threads that find them old one reads, and the others wait for it. */
  private synchronized AnomalyRules readIfOld(Instant now) {
    return cached.countsAt(now) ? cached.rules() : read(now);
  }

  /** The rules as they are. */
  synchronized AnomalyRules read(Instant now) {
    AnomalyRules rules =
        store.statement(
            connection -> new AnomalyRules(thresholds(connection, now), limits(connection, now)));
    cached = new Cached(rules, now);
    return rules;
  }

  private static List<Threshold> thresholds(Connection connection, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(THRESHOLDS)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        List<Threshold> found = new ArrayList<>();
        while (row.next()) {
          found.add(
              new Threshold(
                  CountedParty.ofKey(row.getString(1)),
                  new ServiceReferenceVariant(row.getString(2)),
                  amount(row),
                  row.getInt(6),
                  optionalLong(row, 7),
                  validity(row, 8)));
        }
        return found;
      }
    }
  }

  private static Amount amount(ResultSet row) throws SQLException {
    Optional<Long> requests = optionalLong(row, 3);
    return requests.isPresent()
        ? new Amount.Requests(requests.get())
        : new Amount.PercentOfMonth(row.getBigDecimal(4), row.getLong(5));
  }

  private static List<ValueLimit> limits(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIMITS)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        List<ValueLimit> found = new ArrayList<>();
        while (row.next()) {
          found.add(
              new ValueLimit(
                  CountedParty.ofKey(row.getString(1)),
                  new ServiceReferenceVariant(row.getString(2)),
                  row.getString(3),
                  Optional.ofNullable(row.getBigDecimal(4)),
                  Optional.ofNullable(row.getBigDecimal(5)),
                  validity(row, 6)));
        }
        return found;
      }
    }
  }

  /** How many thresholds and limits of an organisation are in effect now or later. */
  static long count(Connection connection, Eui64 signer, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setLong(1, signer.value());
      statement.setObject(2, now.atOffset(ZoneOffset.UTC));
      statement.setLong(3, signer.value());
      statement.setObject(4, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("a count gives a number");
        }
        return row.getLong(1);
      }
    }
  }

  private static Optional<Long> optionalLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  private static Validity validity(ResultSet row, int first) throws SQLException {
    return new Validity(
        row.getObject(first, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject(first + 1, OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  /** Adds a threshold as part of a transaction. */
  static void add(Connection connection, Threshold threshold, long file) throws SQLException {
    if (threshold.validity().until().isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(END_THRESHOLD)) {
        statement.setObject(1, threshold.validity().from().atOffset(ZoneOffset.UTC));
        statement.setString(2, threshold.counted().key());
        statement.setString(3, threshold.service().value());
        statement.setObject(4, threshold.validity().from().atOffset(ZoneOffset.UTC));
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_THRESHOLD)) {
      statement.setString(1, threshold.counted().key());
      statement.setString(2, threshold.service().value());
      switch (threshold.amount()) {
        case Amount.Requests(long requests) -> {
          statement.setLong(3, requests);
          statement.setNull(4, Types.NUMERIC);
          statement.setNull(5, Types.BIGINT);
        }
        case Amount.PercentOfMonth(BigDecimal percent, long expected) -> {
          statement.setNull(3, Types.BIGINT);
          statement.setBigDecimal(4, percent);
          statement.setLong(5, expected);
        }
      }
      statement.setInt(6, threshold.hours());
      statement.setObject(7, threshold.warning().orElse(null), Types.BIGINT);
      setValidity(statement, 8, threshold.validity());
      statement.setLong(10, file);
      statement.executeUpdate();
    }
  }

  /** Adds a value limit as part of a transaction. */
  static void add(Connection connection, ValueLimit limit, long file) throws SQLException {
    if (limit.validity().until().isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(END_LIMIT)) {
        statement.setObject(1, limit.validity().from().atOffset(ZoneOffset.UTC));
        statement.setString(2, limit.counted().key());
        statement.setString(3, limit.service().value());
        statement.setString(4, limit.element());
        statement.setObject(5, limit.validity().from().atOffset(ZoneOffset.UTC));
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_LIMIT)) {
      statement.setString(1, limit.counted().key());
      statement.setString(2, limit.service().value());
      statement.setString(3, limit.element());
      statement.setBigDecimal(4, limit.minimum().orElse(null));
      statement.setBigDecimal(5, limit.maximum().orElse(null));
      setValidity(statement, 6, limit.validity());
      statement.setLong(8, file);
      statement.executeUpdate();
    }
  }

  private static void setValidity(PreparedStatement statement, int first, Validity validity)
      throws SQLException {
    statement.setObject(first, validity.from().atOffset(ZoneOffset.UTC));
    statement.setObject(
        first + 1, validity.until().map(until -> until.atOffset(ZoneOffset.UTC)).orElse(null));
  }
}
