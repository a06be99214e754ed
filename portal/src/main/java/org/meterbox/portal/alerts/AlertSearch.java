// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.portal.page.PagePosition;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.page.Rows;

/**
 * Finds alerts among the messages of devices, by an index on the time of receipt or those of one
 * device. A search looks at so many messages and says where it stopped.
 */
public final class AlertSearch {
  /** Messages that one search looks at. */
  public static final int LOOKED_AT_MAX = 10_000;

  private static final String ONE =
      """
      SELECT device, digest, received, disposition, octets FROM dsp.device_message
      WHERE device = ? AND digest = ?
      """;

  private final PageStore store;

  /** The alerts in this store. */
  public AlertSearch(PageStore store) {
    this.store = store;
  }

  /**
   * A message as it was received.
   *
   * @param octets as received
   */
  public record Received(AlertSummary summary, Octets octets) {}

  /** A message by device and digest. */
  public Optional<Received> find(Eui64 device, Octets digest) {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(ONE)) {
        Rows.set(query, device, digest.toArray());
        return Rows.all(query, row -> new Received(summary(row), Octets.of(row.getBytes("octets"))))
            .stream()
            .findFirst();
      }
    });
  }

  /**
   * A page.
   *
   * @param device of which device; empty for all
   * @param page where it begins; empty for the first
   * @param size alerts on it at most
   */
  public AlertList find(Optional<Eui64> device, Optional<PagePosition> page, int size) {
    return store.read(connection -> find(connection, device, page, size));
  }

  private static AlertList find(
      Connection connection, Optional<Eui64> device, Optional<PagePosition> page, int size)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    StringBuilder conditions = new StringBuilder();
    device.ifPresent(id -> {
      conditions.append(" AND device = ?");
      values.add(id);
    });
    page.ifPresent(position -> {
      conditions.append(" AND received <= ?");
      values.add(position.at());
    });
    // The messages of one device are found by the primary key and sorted.
    String order = device.isPresent() ? "received + interval '0'" : "received";
    String sql =
        String.format(
            Locale.ROOT,
            """
            SELECT * FROM (
              SELECT device, digest, received, disposition, octets FROM dsp.device_message
              WHERE true%s ORDER BY %s DESC LIMIT %d) m
            WHERE disposition IN ('ALERT', 'FUTURE_DATED_OUTCOME', 'ALERT_FOR_DSP')
            ORDER BY received DESC, device, digest OFFSET %d LIMIT %d
            """,
            conditions,
            order,
            LOOKED_AT_MAX,
            page.map(PagePosition::skipped).orElse(0),
            size + 1);
    List<AlertSummary> found;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Rows.set(query, values.toArray());
      found = Rows.all(query, AlertSearch::summary);
    }
    if (found.size() > size) {
      List<AlertSummary> shown = found.subList(0, size);
      List<Instant> times = shown.stream().map(AlertSummary::received).toList();
      return new AlertList(shown, Optional.of(PagePosition.behind(times, page).text()));
    }
    String boundary =
        String.format(
            Locale.ROOT,
            """
            SELECT received FROM dsp.device_message WHERE true%s ORDER BY %s DESC OFFSET %d LIMIT 1
            """,
            conditions,
            order,
            LOOKED_AT_MAX - 1);
    try (PreparedStatement query = connection.prepareStatement(boundary)) {
      Rows.set(query, values.toArray());
      return new AlertList(
          found,
          Rows.all(query, row -> Rows.instant(row, "received")).stream()
              .findFirst()
              .map(at -> new PagePosition(at.minus(1, ChronoUnit.MICROS), 0).text()));
    }
  }

  private static AlertSummary summary(ResultSet row) throws SQLException {
    return AlertSummary.of(
        Rows.eui(row, "device"),
        Octets.of(row.getBytes("digest")),
        Rows.instant(row, "received"),
        row.getString("disposition"),
        Octets.of(row.getBytes("octets")));
  }
}
