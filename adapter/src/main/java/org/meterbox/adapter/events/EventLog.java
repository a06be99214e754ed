// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.events;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.meterbox.store.Store;

/**
 * The durable log of events. Positions rise by one and become visible in their order, so that a
 * program that remembers its last position misses nothing. Safe for use by many threads.
 */
public final class EventLog {
  /** Events of one answer at most. */
  public static final int PAGE_MAX = 1_000;

  private static final String NEXT =
      "UPDATE adapter.event_position SET last = last + 1 RETURNING last";

  private static final String INSERT =
      """
      INSERT INTO adapter.event
        (position, at, kind, dcc_user, device, request, code, body, message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DELIVER =
      """
      INSERT INTO adapter.delivery (webhook, url, secret, event, body, state, due, deadline)
      SELECT id, url, secret, ?, ?, 'PENDING', ?, ? FROM adapter.webhook
      WHERE ? = ANY (kinds) AND ? = ANY (users)
      """;

  private static final String CALL_BACK =
      """
      INSERT INTO adapter.delivery (webhook, url, secret, event, body, state, due, deadline)
      VALUES (NULL, ?, ?, ?, ?, 'PENDING', ?, ?)
      """;

  private static final String READ =
      """
      SELECT position, kind, body FROM adapter.event
      WHERE position > ? AND dcc_user = ANY (?) AND kind = ANY (?)
        AND (?::text IS NULL OR device = ?) AND (?::text IS NULL OR request = ?)
        AND (?::text IS NULL OR code = ?) AND (?::timestamptz IS NULL OR at >= ?)
      ORDER BY position LIMIT ?
      """;

  private final Store store;
  private final InstantSource clock;
  private final Duration deliveryMax;
  private final String callbackSecret;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private final AtomicLong generation = new AtomicLong();

  /**
   * The log in this store.
   *
   * @param deliveryMax how long a webhook is tried
   * @param callbackSecret signs callbacks, which have no webhook with a secret of its own
   */
  public EventLog(Store store, InstantSource clock, Duration deliveryMax, String callbackSecret) {
    this.store = store;
    this.clock = clock;
    this.deliveryMax = deliveryMax;
    this.callbackSecret = callbackSecret;
  }

  /**
   * Appends events within a transaction, with the deliveries that webhooks ask for. The position is
   * drawn last and under a lock until the commit: the caller commits soon after.
   *
   * @param message the number of the received message that they come from; 0 for none
   */
  public void append(Connection connection, List<NewEvent> events, long message)
      throws SQLException {
    for (NewEvent event : events) {
      append(connection, event, message);
    }
  }

  private void append(Connection connection, NewEvent event, long message) throws SQLException {
    Instant now = clock.instant();
    long position = next(connection);
    String body = body(event, position, now);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, position);
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      insert.setString(3, event.kind().word());
      insert.setString(4, event.user());
      insert.setString(5, event.device().orElse(null));
      insert.setString(6, event.request().orElse(null));
      insert.setString(7, event.code().orElse(null));
      insert.setString(8, body);
      insert.setObject(9, message == 0 ? null : Long.valueOf(message));
      insert.executeUpdate();
    }
    try (PreparedStatement deliver = connection.prepareStatement(DELIVER)) {
      deliver.setLong(1, position);
      deliver.setString(2, body);
      deliver.setObject(3, now.atOffset(ZoneOffset.UTC));
      deliver.setObject(4, now.plus(deliveryMax).atOffset(ZoneOffset.UTC));
      deliver.setString(5, event.kind().word());
      deliver.setString(6, event.user());
      deliver.executeUpdate();
    }
    if (event.callback().isPresent()) {
      try (PreparedStatement callback = connection.prepareStatement(CALL_BACK)) {
        callback.setString(1, event.callback().get());
        callback.setString(2, callbackSecret);
        callback.setLong(3, position);
        callback.setString(4, body);
        callback.setObject(5, now.atOffset(ZoneOffset.UTC));
        callback.setObject(6, now.plus(deliveryMax).atOffset(ZoneOffset.UTC));
        callback.executeUpdate();
      }
    }
  }

  private static String body(NewEvent event, long position, Instant now) {
    var body = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    body.put("position", position);
    body.put("kind", event.kind().word());
    body.put("at", now.toString());
    body.put("user", event.user());
    event.device().ifPresent(device -> body.put("device", device));
    event.request().ifPresent(request -> body.put("requestId", request));
    event.code().ifPresent(code -> body.put("code", code));
    body.setAll(event.body());
    return body.toString();
  }

  private static long next(Connection connection) throws SQLException {
    try (PreparedStatement next = connection.prepareStatement(NEXT);
        ResultSet row = next.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Wakes those who wait for events: to be called after the commit. */
  public void announce() {
    lock.lock();
    try {
      generation.incrementAndGet();
      appended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A number that changes with each announcement; see {@link #await}. */
  public long generation() {
    return generation.get();
  }

  /**
   * Waits until something was announced since a generation.
   *
   * @return whether something was, within the time
   */
  public boolean await(long since, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (generation.get() == since && left > 0) {
        left = appended.awaitNanos(left);
      }
      return generation.get() != since;
    } finally {
      lock.unlock();
    }
  }

  /** The last position given; 0 where there was none yet. */
  public long last() {
    return store.statement(connection -> {
      try (PreparedStatement select =
              connection.prepareStatement("SELECT last FROM adapter.event_position");
          ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  /** The next events that a filter lets through, up to a number. */
  public List<Event> read(EventFilter filter, int limit) {
    return store.statement(connection -> {
      try (PreparedStatement select = connection.prepareStatement(READ)) {
        bind(connection, select, filter, Math.min(limit, PAGE_MAX));
        List<Event> events = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            events.add(
                new Event(
                    row.getLong(1),
                    EventKind.of(row.getString(2)).orElseThrow(),
                    row.getString(3)));
          }
        }
        return events;
      }
    });
  }

  private static void bind(
      Connection connection, PreparedStatement select, EventFilter filter, int limit)
      throws SQLException {
    Array users = connection.createArrayOf("text", filter.users().toArray());
    Array kinds =
        connection.createArrayOf("text", filter.kinds().stream().map(EventKind::word).toArray());
    select.setLong(1, filter.after());
    select.setArray(2, users);
    select.setArray(3, kinds);
    int at = 4;
    for (Optional<String> part : List.of(filter.device(), filter.request(), filter.code())) {
      select.setString(at++, part.orElse(null));
      select.setString(at++, part.orElse(null));
    }
    select.setObject(at++, filter.from().map(from -> from.atOffset(ZoneOffset.UTC)).orElse(null));
    select.setObject(at++, filter.from().map(from -> from.atOffset(ZoneOffset.UTC)).orElse(null));
    select.setInt(at, limit);
  }
}
