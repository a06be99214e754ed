// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.meterbox.dsp.delivery.DeliveryLedger.End;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.kernel.Eui64;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings stored notices to users: at once, and what fails again and again by a timer. Each user has
 * a lane of its own. Safe for use by many threads.
 *
 * <p>A user may get a notice twice, when the process ends between the user's acknowledgement and
 * its record; never less than once, unless the notice is given up.
 */
public final class Courier implements AutoCloseable {
  /** Attempts under way at the same time at most, for all users. */
  public static final int AT_ONCE_MAX = 1_024;

  /** Notices that are read from the store at once. */
  public static final int READ_MAX = 200;

  /** How long closing waits for pushes in progress: longer than one attempt takes. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final DeliveryLedger ledger;
  private final UserDirectory users;
  private final UserServer server;
  private final DeliveryPlan plan;
  private final InstantSource clock;
  private final Map<Eui64, Lane> lanes = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private volatile boolean closed;

  /** A courier; {@link #pushDue} must be called every few seconds. */
  public Courier(
      DeliveryLedger ledger,
      UserDirectory users,
      UserServer server,
      DeliveryPlan plan,
      InstantSource clock) {
    this.ledger = ledger;
    this.users = users;
    this.server = server;
    this.plan = plan;
    this.clock = clock;
  }

  /** Pushes a notice that was just stored, without making the caller wait. */
  public void push(Pending notice) {
    Lane lane = lane(notice.recipient());
    if (!closed && lane.add(notice)) {
      startWorker(lane);
    }
  }

  /** Pushes what is due in the store: what failed before, and what found no room. */
  public void pushDue() {
    for (Eui64 user : ledger.recipientsOfDue(clock.instant())) {
      Lane lane = lane(user);
      if (!closed && lane.wake()) {
        startWorker(lane);
      }
    }
  }

  /** Pushes at once everything that was pending when the DSP ended. */
  public void resume() {
    ledger.makeAllDue(clock.instant());
    pushDue();
  }

  private Lane lane(Eui64 user) {
    return lanes.computeIfAbsent(user, Lane::new);
  }

  private void startWorker(Lane lane) {
    Thread.ofVirtual().name("courier").start(() -> work(lane));
  }

  private void work(Lane lane) {
    boolean ended = false;
    try {
      while (!ended) {
        ended = takeTurn(lane, lane.next());
      }
    } catch (StoreException e) {
      // What is pending stays in the store and becomes due again.
      LOG.warn("notices wait, since the store cannot be used: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!ended) {
        lane.workerFailed();
      }
    }
  }

  /** Does what is to be done; true where that is nothing any more. */
  private boolean takeTurn(Lane lane, Lane.Turn turn) throws InterruptedException {
    return switch (turn) {
      case Lane.Turn.Push(Pending notice) -> {
        push(lane, notice);
        yield false;
      }
      case Lane.Turn.Refill(Eui64 user) -> {
        refill(lane, user);
        yield false;
      }
      case Lane.Turn.End() -> true;
    };
  }

  private void refill(Lane lane, Eui64 user) {
    List<Pending> due = List.of();
    try {
      due = closed ? due : ledger.due(user, clock.instant(), READ_MAX);
    } finally {
      for (int more = lane.refill(due, due.size() == READ_MAX); more > 0; more--) {
        startWorker(lane);
      }
    }
  }

  private void push(Lane lane, Pending notice) throws InterruptedException {
    places.acquire();
    try {
      if (!closed) {
        attempt(notice);
      }
    } finally {
      places.release();
      lane.done(notice);
    }
  }

  private void attempt(Pending notice) {
    Optional<URI> address = users.find(notice.recipient()).flatMap(DccUser::receiveResponse);
    Optional<String> fault =
        address.isPresent()
            ? server.post(address.get(), notice.document())
            : Optional.of("the user has no Receive Response address");
    Instant now = clock.instant();
    if (fault.isEmpty()) {
      ledger.end(notice.id(), End.DELIVERED, now, "");
      return;
    }
    switch (Redelivery.after(notice.created(), now, plan)) {
      case Redelivery.Again(Instant next) -> {
        LOG.info("notice {} for {}: {}", notice.id(), notice.recipient(), fault.get());
        ledger.failed(notice.id(), now, fault.get(), next);
      }
      case Redelivery.GivenUp() -> {
        LOG.warn("notice {} for {} given up: {}", notice.id(), notice.recipient(), fault.get());
        ledger.end(notice.id(), End.UNDELIVERED, now, fault.get());
      }
    }
  }

  /**
   * Takes nothing more in hand and waits, within a bound, until what is being pushed is noted: a
   * user's thanks that is not noted brings the notice again. What is pending stays in the store.
   */
  @Override
  public void close() {
    closed = true;
    try {
      if (places.tryAcquire(AT_ONCE_MAX, CLOSE_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        // Workers that wait for a place go on, see that it is over, and end.
        places.release(AT_ONCE_MAX);
      } else {
        LOG.warn("notices were still being pushed after {}", CLOSE_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
