// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests by the hour, in the store, for all processes together. A process takes a number
 * of requests from the store before it lets them pass, the fewer the nearer the threshold is, so
 * that few messages cost a statement and no two processes let the same request pass. What a process
 * had taken when it died counts as used. While an hour turns, two processes that count in different
 * hours may each let pass once what they take at once. Safe for use by many threads.
 */
final class RequestCounts implements AutoCloseable {
  /** Requests that a process takes at once at most. */
  static final int TAKEN_MAX = 64;

  /** Of what is left before the next level a process takes at most this part. */
  private static final int PART = 16;

  private static final long SECONDS_OF_HOUR = 3600;

  /** For how many days warnings are kept. */
  private static final int WARNINGS_DAYS = 90;

  private static final String TAKE =
      """
      INSERT INTO dsp.anomaly_count AS c (counted, srv, hour, requests) VALUES (?, ?, ?, ?)
      ON CONFLICT (counted, srv, hour) DO UPDATE SET requests = c.requests + excluded.requests
      RETURNING c.requests + (
        SELECT COALESCE(sum(o.requests), 0) FROM dsp.anomaly_count o
        WHERE o.counted = ? AND o.srv = ? AND o.hour > ? AND o.hour <> ? AND o.hour <= ?)
      """;
  private static final String GIVE_BACK =
      """
      UPDATE dsp.anomaly_count SET requests = requests - ?
      WHERE counted = ? AND srv = ? AND hour = ?
      """;
  private static final String WARN =
      """
      INSERT INTO dsp.anomaly_warning (counted, srv, hour, at, requests, quarantine_at)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String WARNINGS =
      """
      SELECT counted, srv, at, requests, quarantine_at FROM dsp.anomaly_warning
      WHERE counted = ANY (?) OR ?
      ORDER BY at DESC LIMIT ?
      """;
  private static final String FORGET = "DELETE FROM dsp.anomaly_count WHERE hour < ?";
  private static final String FORGET_WARNINGS = "DELETE FROM dsp.anomaly_warning WHERE at < ?";

  private static final Logger LOG = LoggerFactory.getLogger(RequestCounts.class);

  private final Store store;
  private final Map<Counted, Taken> taken = new ConcurrentHashMap<>();

  private record Counted(CountedParty party, ServiceReferenceVariant service) {}

  /** What this process has taken from the store and not used yet. */
  private static final class Taken {
    private Optional<Threshold> threshold = Optional.empty();
    private long hour = Long.MIN_VALUE;
    private long left;
    private long total;
  }

  RequestCounts(Store store) {
    this.store = store;
  }

  /** Counts one request; whether it passes. */
  boolean passes(Threshold threshold, Instant now) {
    Counted key = new Counted(threshold.counted(), threshold.service());
    Taken mine = taken.computeIfAbsent(key, _ -> new Taken());
    synchronized (mine) {
      long hour = Math.floorDiv(now.getEpochSecond(), SECONDS_OF_HOUR);
      if (mine.hour != hour || !mine.threshold.equals(Optional.of(threshold))) {
        giveBack(key, mine);
        mine.hour = hour;
        mine.threshold = Optional.of(threshold);
        mine.total = 0;
      }
      if (mine.left == 0) {
        take(key, mine, threshold, now);
      }
      if (mine.left == 0) {
        return false;
      }
      mine.left--;
      return true;
    }
  }

  private void take(Counted key, Taken mine, Threshold threshold, Instant now) {
    long most = threshold.amount().requests();
    // What this process knows of the others' requests may be old: so it takes a small part.
    long next =
        threshold.warning().filter(warning -> mine.total < warning).map(w -> w - 1).orElse(most);
    long wanted = Math.clamp((next - mine.total) / PART, 1, TAKEN_MAX);
    long asked = mine.total == 0 ? 1 : wanted;
    mine.total =
        store.statement(connection -> take(connection, key, threshold.hours(), mine.hour, asked));
    mine.left = Math.clamp(most - (mine.total - asked), 0, asked);
    threshold
        .warning()
        .filter(warning -> mine.total >= warning && mine.total - asked < warning)
        .ifPresent(warning -> warn(key, mine, most, now));
  }

  private static long take(Connection connection, Counted key, int hours, long hour, long wanted)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, key.party().key());
      statement.setString(2, key.service().value());
      statement.setLong(3, hour);
      statement.setLong(4, wanted);
      statement.setString(5, key.party().key());
      statement.setString(6, key.service().value());
      statement.setLong(7, hour - hours);
      statement.setLong(8, hour);
      // Another process, whose clock is a little ahead, may have begun the next hour.
      statement.setLong(9, hour + 1);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("a count has a row");
        }
        return row.getLong(1);
      }
    }
  }

  private void warn(Counted key, Taken mine, long most, Instant now) {
    LOG.warn(
        "anomaly detection: {} requests of service {} counted for {}; quarantine begins after {}",
        mine.total,
        key.service(),
        key.party().key(),
        most);
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(WARN)) {
        statement.setString(1, key.party().key());
        statement.setString(2, key.service().value());
        statement.setLong(3, mine.hour);
        statement.setObject(4, now.atOffset(ZoneOffset.UTC));
        statement.setLong(5, mine.total);
        statement.setLong(6, most);
        return statement.executeUpdate();
      }
    });
  }

  /**
   * Warnings, the newest first.
   *
   * @param counted keys of counted parties; of all where it is empty
   */
  List<Warning> warnings(Optional<Set<String>> counted, int max) {
    Object[] keys = counted.orElse(Set.of()).toArray();
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(WARNINGS)) {
        statement.setArray(1, connection.createArrayOf("text", keys));
        statement.setBoolean(2, counted.isEmpty());
        statement.setInt(3, max);
        try (ResultSet row = statement.executeQuery()) {
          List<Warning> found = new ArrayList<>();
          while (row.next()) {
            found.add(
                new Warning(
                    CountedParty.ofKey(row.getString(1)),
                    new ServiceReferenceVariant(row.getString(2)),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getLong(4),
                    row.getLong(5)));
          }
          return found;
        }
      }
    });
  }

  private void giveBack(Counted key, Taken mine) {
    if (mine.left == 0) {
      return;
    }
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(GIVE_BACK)) {
        statement.setLong(1, mine.left);
        statement.setString(2, key.party().key());
        statement.setString(3, key.service().value());
        statement.setLong(4, mine.hour);
        return statement.executeUpdate();
      }
    });
    mine.left = 0;
  }

  /** Drops the counts of hours that no threshold reaches any more, and old warnings. */
  void forgetOld(Instant now) {
    long hour = Math.floorDiv(now.getEpochSecond(), SECONDS_OF_HOUR);
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
        statement.setLong(1, hour - Threshold.HOURS_MAX - 1);
        return statement.executeUpdate();
      }
    });
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FORGET_WARNINGS)) {
        statement.setObject(1, now.minus(WARNINGS_DAYS, ChronoUnit.DAYS).atOffset(ZoneOffset.UTC));
        return statement.executeUpdate();
      }
    });
  }

  /** Gives back what was taken and not used. */
  @Override
  public void close() {
    taken.forEach((key, mine) -> {
      synchronized (mine) {
        giveBack(key, mine);
      }
    });
  }
}
