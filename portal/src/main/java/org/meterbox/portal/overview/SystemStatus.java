// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.overview;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterbox.dsp.health.Health;
import org.meterbox.dsp.health.Readiness;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.portal.overview.SystemOverview.Count;
import org.meterbox.portal.overview.SystemOverview.Line;
import org.meterbox.portal.overview.SystemOverview.Minute;
import org.meterbox.portal.overview.SystemOverview.Part;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.page.Rows;
import org.meterbox.portal.requests.RequestStateName;

/** Looks at what the system does. Every count ends at a limit, so that looking costs the same. */
public final class SystemStatus {
  /** How far a count goes. */
  public static final int COUNT_MAX = 10_000;

  /** Minutes of traffic that are shown. */
  public static final int MINUTES = 15;

  /** Messages of devices that are counted, the latest. */
  private static final int MESSAGES_MAX = 50_000;

  private static final String IN_FLIGHT =
      "SELECT count(*) FROM (SELECT 1 FROM dsp.command WHERE due IS NOT NULL LIMIT ?) c";
  private static final String DELIVERIES =
      "SELECT count(*) FROM (SELECT 1 FROM dsp.delivery WHERE next_attempt IS NOT NULL LIMIT ?) d";
  private static final String WAITING =
      """
      SELECT state, count(*) AS count FROM (
        (SELECT state FROM dsp.request
         WHERE state IN ('HELD', 'WAITING_FOR_PREDECESSOR', 'AWAITING_OUTCOMES') LIMIT ?)
        UNION ALL
        (SELECT state FROM dsp.request
         WHERE state IN ('AWAITING_COS_PARTY', 'QUARANTINED') LIMIT ?)) r
      GROUP BY state
      """;
  private static final String RECENT =
      """
      SELECT event, count(*) AS count FROM (
        SELECT event, at FROM dsp.request_event ORDER BY number DESC LIMIT ?) e
      WHERE at >= ? GROUP BY event
      """;
  private static final String TRAFFIC =
      """
      SELECT date_trunc('minute', received) AS minute,
        count(*) FILTER (WHERE disposition LIKE '%ALERT%' OR disposition = 'FUTURE_DATED_OUTCOME')
          AS alerts,
        count(*) AS messages
      FROM (SELECT received, disposition FROM dsp.device_message
            WHERE received >= ? ORDER BY received DESC LIMIT ?) m
      GROUP BY 1
      """;

  private final PageStore store;
  private final Health health;
  private final InstantSource clock;

  /** The status of a system with this store and these parts. */
  public SystemStatus(PageStore store, Health health, InstantSource clock) {
    this.store = store;
    this.health = health;
    this.clock = clock;
  }

  /** Looks at it now. */
  public SystemOverview look() {
    Instant now = clock.instant();
    List<Part> parts = parts();
    return store.read(connection ->
        new SystemOverview(
            now,
            count(connection, IN_FLIGHT),
            waiting(connection),
            count(connection, DELIVERIES),
            recent(connection, now),
            traffic(connection, now),
            parts));
  }

  /** The parts of the system. */
  public List<Part> parts() {
    return health.report().parts().stream()
        .map(part ->
            new Part(
                part.name(),
                part.readiness() instanceof Readiness.Ready,
                part.readiness() instanceof Readiness.NotReady(String reason) ? reason : "",
                part.faults().map(FaultCount::count).orElse(0L)))
        .toList();
  }

  private static Count count(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Rows.set(query, COUNT_MAX + 1);
      int number = Rows.all(query, row -> row.getInt(1)).getFirst();
      return new Count(Math.min(number, COUNT_MAX), number > COUNT_MAX);
    }
  }

  private static List<Line> waiting(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WAITING)) {
      Rows.set(query, COUNT_MAX, COUNT_MAX);
      return Rows.all(query, row -> line(row, "state"));
    }
  }

  private static List<Line> recent(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RECENT)) {
      Rows.set(query, COUNT_MAX, now.minus(Duration.ofMinutes(MINUTES)));
      return Rows.all(query, row -> line(row, "event"));
    }
  }

  private static Line line(ResultSet row, String column) throws SQLException {
    RequestStateName state = RequestStateName.valueOf(row.getString(column));
    return new Line(state.name(), state.title(), state.tone(), row.getInt("count"));
  }

  private static List<Minute> traffic(Connection connection, Instant now) throws SQLException {
    Instant first = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(MINUTES - 1));
    Map<Instant, Minute> counted = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(TRAFFIC)) {
      Rows.set(query, first, MESSAGES_MAX);
      for (Minute minute :
          Rows.all(
              query,
              row ->
                  new Minute(
                      Rows.instant(row, "minute"),
                      row.getInt("messages") - row.getInt("alerts"),
                      row.getInt("alerts")))) {
        counted.put(minute.begin(), minute);
      }
    }
    List<Minute> minutes = new ArrayList<>();
    for (int i = 0; i < MINUTES; i++) {
      Instant begin = first.plus(Duration.ofMinutes(i));
      minutes.add(counted.getOrDefault(begin, new Minute(begin, 0, 0)));
    }
    return minutes;
  }
}
