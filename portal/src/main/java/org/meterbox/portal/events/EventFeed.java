// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.events;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.page.Rows;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the events of requests and tells whoever listens. The store is asked once a second for
 * all listeners together, and not at all while nobody listens. One who does not keep up loses the
 * rest and is told. Safe for threads.
 */
public final class EventFeed implements AutoCloseable {
  /** How often the store is asked. */
  public static final Duration EVERY = Duration.ofSeconds(1);

  /** Listeners at the same time. */
  public static final int LISTENERS_MAX = 100;

  /** Events that wait for one listener. */
  public static final int WAITING_MAX = 1_000;

  /** Events of one turn; what is beyond comes with the next. */
  private static final int TURN_MAX = 2_000;

  /** Numbers are given before commits, so that a lower one may appear later than a higher one. */
  private static final int LATE_WITHIN = 500;

  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final String LAST = "SELECT max(number) AS last FROM dsp.request_event";
  private static final String AFTER =
      """
      SELECT number, at, originator, target, counter, srv, event, code FROM dsp.request_event
      WHERE number > ? ORDER BY number LIMIT ?
      """;

  private final PageStore store;
  private final List<Subscription> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("portal-events").unstarted(work));
  private Set<Long> told = new HashSet<>();
  private long last = -1;

  private EventFeed(PageStore store) {
    this.store = store;
  }

  /** Begins to follow. */
  public static EventFeed start(PageStore store) {
    EventFeed feed = new EventFeed(store);
    Future<?> _ =
        feed.thread.scheduleWithFixedDelay(
            feed::turnAndReport, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return feed;
  }

  /** One listener's events. */
  public final class Subscription implements AutoCloseable {
    private final BlockingQueue<RequestEvent> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicBoolean lost = new AtomicBoolean();

    private Subscription() {}

    /** The next event; empty where none comes within this time. */
    public Optional<RequestEvent> next(Duration wait) throws InterruptedException {
      return Optional.ofNullable(waiting.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Whether events were lost since this was asked last. */
    public boolean hasLost() {
      return lost.getAndSet(false);
    }

    private void tell(RequestEvent event) {
      if (!waiting.offer(event)) {
        lost.set(true);
      }
    }

    @Override
    public void close() {
      listeners.remove(this);
    }
  }

  /** Listens from now on; empty where {@link #LISTENERS_MAX} listen already. */
  public synchronized Optional<Subscription> subscribe() {
    if (listeners.size() >= LISTENERS_MAX) {
      return Optional.empty();
    }
    if (listeners.isEmpty()) {
      last = lastNumber();
      told = new HashSet<>();
    }
    Subscription added = new Subscription();
    listeners.add(added);
    return Optional.of(added);
  }

  private long lastNumber() {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(LAST)) {
        return Rows.all(query, row -> row.getLong("last")).getFirst();
      }
    });
  }

  private void turnAndReport() {
    try {
      turn();
    } catch (StoreException e) {
      LOG.warn(
          "events of requests cannot be read; the next try is in {} s: {}",
          EVERY.toSeconds(),
          e.getMessage());
    } catch (RuntimeException e) {
      // The edge of the thread: without it nobody would be told anything any more.
      LOG.error("events of requests were not told", e);
    }
  }

  private synchronized void turn() {
    if (listeners.isEmpty()) {
      return;
    }
    long begin = last;
    Set<Long> known = told;
    List<RequestEvent> found = after(begin - LATE_WITHIN);
    Set<Long> seen = new HashSet<>();
    for (RequestEvent event : found) {
      seen.add(event.number());
      boolean fresh =
          event.number() > begin || (!known.contains(event.number()) && !known.isEmpty());
      if (fresh) {
        listeners.forEach(each -> each.tell(event));
      }
      last = Math.max(last, event.number());
    }
    told = seen;
  }

  private List<RequestEvent> after(long number) {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(AFTER)) {
        Rows.set(query, number, TURN_MAX);
        return new ArrayList<>(
            Rows.all(
                query,
                row ->
                    new RequestEvent(
                        row.getLong("number"),
                        Rows.instant(row, "at"),
                        Rows.messageId(row),
                        row.getString("srv"),
                        row.getString("event"),
                        Rows.findText(row, "code"))));
      }
    });
  }

  /** Whether it has ended: nobody is told anything any more. */
  public boolean isClosed() {
    return thread.isShutdown();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
