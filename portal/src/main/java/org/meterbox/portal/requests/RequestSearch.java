// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

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
import org.meterbox.portal.page.PagePosition;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.page.Rows;
import org.meterbox.portal.requests.RequestFilter.Order;
import org.meterbox.portal.web.TurnedAwayException;

/**
 * Finds requests page by page. The requests of each user are indexed by time, and of each user only
 * so many are looked at, so that the work is bounded however long the history is: a search for
 * something rare ends early and says up to when it looked.
 */
public final class RequestSearch {
  /** Requests that one search looks at, of all users together. */
  public static final int LOOKED_AT_MAX = 20_000;

  /** Requests of one user that a search looks at, even where there are many users. */
  private static final int LOOKED_AT_OF_USER_MIN = 200;

  static final String COLUMNS =
      """
      r.originator, r.target, r.counter, r.stage, r.srv, r.variant, r.device_type, r.state,
      r.reason, r.received
      """;

  private final PageStore store;

  /** The requests in this store. */
  public RequestSearch(PageStore store) {
    this.store = store;
  }

  /**
   * A page.
   *
   * @param page where it begins, as an earlier page said; empty for the first
   * @param size requests on it at most
   * @throws TurnedAwayException where there is no such page
   */
  public RequestList find(RequestFilter filter, Optional<String> page, int size)
      throws TurnedAwayException {
    Optional<PagePosition> begin = PagePosition.parse(page);
    return store.read(connection -> find(connection, filter, begin, size));
  }

  private static RequestList find(
      Connection connection, RequestFilter filter, Optional<PagePosition> page, int size)
      throws SQLException {
    int skipped = page.map(PagePosition::skipped).orElse(0);
    int lookedAt = filter.selects() ? perUser(connection, filter) : size + skipped + 1;
    Optional<Instant> boundary =
        filter.selects() ? boundary(connection, filter, page, lookedAt) : Optional.empty();
    List<RequestSummary> found = page(connection, filter, page, lookedAt, boundary, size + 1);
    if (found.size() > size) {
      List<RequestSummary> shown = found.subList(0, size);
      return new RequestList(
          shown,
          Optional.of(
              PagePosition.behind(shown.stream().map(RequestSummary::received).toList(), page)
                  .text()),
          Optional.empty());
    }
    return new RequestList(
        found,
        boundary.map(at ->
            new PagePosition(
                    filter.order() == Order.NEWEST
                        ? at.minus(1, ChronoUnit.MICROS)
                        : at.plus(1, ChronoUnit.MICROS),
                    0)
                .text()),
        boundary);
  }

  private static int perUser(Connection connection, RequestFilter filter) throws SQLException {
    if (filter.user().isPresent()) {
      return LOOKED_AT_MAX;
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM dsp.dcc_user")) {
      int users = Rows.all(query, row -> row.getInt(1)).getFirst();
      return Math.max(LOOKED_AT_OF_USER_MIN, LOOKED_AT_MAX / Math.max(1, users));
    }
  }

  /** The time beyond which some user has requests that are not looked at. */
  private static Optional<Instant> boundary(
      Connection connection, RequestFilter filter, Optional<PagePosition> page, int lookedAt)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    String conditions = conditions(filter, page, values);
    values.add(lookedAt - 1);
    String user = user(filter, values);
    boolean newest = filter.order() == Order.NEWEST;
    String sql =
        String.format(
            Locale.ROOT,
            """
            SELECT %s(b.received) AS received FROM dsp.dcc_user u CROSS JOIN LATERAL (
              SELECT r.received FROM dsp.request r WHERE r.originator = u.eui%s
              ORDER BY %s %s OFFSET ? LIMIT 1) b%s
            """,
            newest ? "max" : "min",
            conditions,
            orderedBy(filter),
            direction(filter),
            user.isEmpty() ? "" : " WHERE true" + user);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Rows.set(query, values.toArray());
      return Rows.all(query, row -> Rows.findInstant(row, "received")).getFirst();
    }
  }

  private static List<RequestSummary> page(
      Connection connection,
      RequestFilter filter,
      Optional<PagePosition> page,
      int lookedAt,
      Optional<Instant> boundary,
      int size)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    String conditions = conditions(filter, page, values);
    values.add(lookedAt);
    StringBuilder selected = new StringBuilder(user(filter, values));
    filter
        .service()
        .ifPresent(service -> {
          selected.append(" AND f.srv = ?");
          values.add(service);
        });
    filter
        .state()
        .ifPresent(state -> {
          selected.append(" AND f.state = ?");
          values.add(state.name());
        });
    boundary.ifPresent(at -> {
      selected.append(
          filter.order() == Order.NEWEST ? " AND f.received >= ?" : " AND f.received <= ?");
      values.add(at);
    });
    values.add(page.map(PagePosition::skipped).orElse(0));
    values.add(size);
    String sql =
        String.format(
            Locale.ROOT,
            """
            SELECT f.*, u.name FROM dsp.dcc_user u CROSS JOIN LATERAL (
              SELECT %s FROM dsp.request r WHERE r.originator = u.eui%s
              ORDER BY %s %s LIMIT ?) f
            WHERE true%s
            ORDER BY f.received %s, f.originator, f.target, f.counter, f.stage OFFSET ? LIMIT ?
            """,
            COLUMNS,
            conditions,
            orderedBy(filter),
            direction(filter),
            selected,
            direction(filter));
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Rows.set(query, values.toArray());
      return Rows.all(query, RequestSearch::summary);
    }
  }

  private static String user(RequestFilter filter, List<Object> values) {
    filter.user().ifPresent(values::add);
    return filter.user().isPresent() ? " AND u.eui = ?" : "";
  }

  private static String conditions(
      RequestFilter filter, Optional<PagePosition> page, List<Object> values) {
    StringBuilder conditions = new StringBuilder();
    filter
        .device()
        .ifPresent(device -> {
          conditions.append(" AND r.target = ?");
          values.add(device);
        });
    filter
        .from()
        .ifPresent(from -> {
          conditions.append(" AND r.received >= ?");
          values.add(from);
        });
    filter
        .to()
        .ifPresent(to -> {
          conditions.append(" AND r.received < ?");
          values.add(to);
        });
    page.ifPresent(position -> {
      conditions.append(
          filter.order() == Order.NEWEST ? " AND r.received <= ?" : " AND r.received >= ?");
      values.add(position.at());
    });
    return conditions.toString();
  }

  /**
   * By an index on the time, save for one device: its requests are found by the primary key and
   * sorted. By the time alone the database would go through all that the user ever sent.
   */
  private static String orderedBy(RequestFilter filter) {
    return filter.device().isPresent() ? "r.received + interval '0'" : "r.received";
  }

  private static String direction(RequestFilter filter) {
    return filter.order() == Order.NEWEST ? "DESC" : "ASC";
  }

  static RequestSummary summary(ResultSet row) throws SQLException {
    String service = row.getString("srv");
    return new RequestSummary(
        Rows.messageId(row),
        row.getString("stage").equals("T"),
        Rows.eui(row, "originator"),
        Rows.findText(row, "name"),
        Rows.eui(row, "target"),
        Rows.findText(row, "device_type"),
        service,
        RequestSummary.nameOf(service),
        row.getInt("variant"),
        RequestStateName.valueOf(row.getString("state")),
        Rows.findText(row, "reason"),
        Rows.instant(row, "received"));
  }
}
