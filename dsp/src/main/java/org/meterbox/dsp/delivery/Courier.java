// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.meterbox.dsp.delivery.DeliveryLedger.End;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.timers.AlarmClock;
import org.meterbox.dsp.timers.Timer;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.kernel.Eui64;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings stored notices to users. The first attempt is made at once from memory; only what fails
 * then, or finds no room, gets a durable timer. Safe for use by many threads.
 *
 * <p>A user may get a notice twice, when the process ends between the user's acknowledgement and
 * its record; never less than once, unless the notice is given up.
 */
public final class Courier implements AutoCloseable {
  /** Notices of one user that are pushed at the same time at most; others wait for a timer. */
  public static final int PER_USER_MAX = 64;

  /** Notices pushed at the same time at most, for all users. */
  public static final int AT_ONCE_MAX = 1_024;

  /** How long closing waits for pushes in progress: longer than one attempt takes. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(15);

  /** The durable timer's name in the store. */
  static final String TIMER = "redelivery";

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final DeliveryLedger ledger;
  private final UserDirectory users;
  private final UserServer server;
  private final DeliveryPlan plan;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private final Map<Eui64, Semaphore> placesByUser = new ConcurrentHashMap<>();
  private final AlarmClock alarm;
  private volatile boolean closed;

  /** A courier; {@link #redelivery} and {@link #forgotten} must be among the timers. */
  public Courier(
      DeliveryLedger ledger,
      UserDirectory users,
      UserServer server,
      DeliveryPlan plan,
      InstantSource clock,
      AlarmClock alarm) {
    this.ledger = ledger;
    this.users = users;
    this.server = server;
    this.plan = plan;
    this.clock = clock;
    this.alarm = alarm;
  }

  /** The timer of each notice that has to be pushed again. */
  public Timer redelivery() {
    return new Timer.ForEach(TIMER, this::pushAgain);
  }

  /**
   * Sets the timer of notices that have none, which happens when the store could not be reached
   * after an attempt.
   */
  public Timer forgotten() {
    return new Timer.Recurring(
        "forgotten-notices",
        plan.interval(),
        () -> {
          Instant now = clock.instant();
          ledger.setMissingTimers(TIMER, now.minus(plan.interval()), now);
        });
  }

  /** Has everything pushed at once that was pending when the DSP ended. */
  public void resume() {
    ledger.setAllTimers(TIMER, clock.instant());
  }

  /** Pushes a stored notice without making the caller wait. */
  public void push(Pending notice) {
    if (closed) {
      return;
    }
    Semaphore userPlaces =
        placesByUser.computeIfAbsent(notice.recipient(), user -> new Semaphore(PER_USER_MAX));
    if (!places.tryAcquire()) {
      alarm.set(TIMER, notice.id(), clock.instant());
    } else if (!userPlaces.tryAcquire()) {
      places.release();
      alarm.set(TIMER, notice.id(), clock.instant());
    } else {
      Thread.ofVirtual().name("courier").start(() -> pushNow(notice, userPlaces));
    }
  }

  private void pushNow(Pending notice, Semaphore userPlaces) {
    try {
      attempt(notice).ifPresent(at -> alarm.set(TIMER, notice.id(), at));
    } catch (StoreException e) {
      // The notice stays pending; the timer for forgotten ones comes back to it.
      LOG.warn("the fate of notice {} could not be stored: {}", notice.id(), e.getMessage());
    } finally {
      userPlaces.release();
      places.release();
    }
  }

  private Optional<Instant> pushAgain(long id) {
    return ledger.find(id).flatMap(this::attempt);
  }

  /** One attempt; when to make the next one, if there is to be one. */
  private Optional<Instant> attempt(Pending notice) {
    Optional<URI> address = users.find(notice.recipient()).flatMap(DccUser::receiveResponse);
    Optional<String> fault =
        address.isPresent()
            ? server.post(address.get(), notice.document())
            : Optional.of("the user has no Receive Response address");
    Instant now = clock.instant();
    if (fault.isEmpty()) {
      ledger.end(notice.id(), End.DELIVERED, now, Optional.empty());
      return Optional.empty();
    }
    return switch (Redelivery.after(notice.created(), now, plan)) {
      case Redelivery.Again(Instant at) -> {
        LOG.info("notice {} for {}: {}", notice.id(), notice.recipient(), fault.get());
        ledger.failed(notice.id(), now, fault.get());
        yield Optional.of(at);
      }
      case Redelivery.GivenUp _ -> {
        LOG.warn("notice {} for {} given up: {}", notice.id(), notice.recipient(), fault.get());
        ledger.end(notice.id(), End.UNDELIVERED, now, fault);
        yield Optional.empty();
      }
    };
  }

  /**
   * Takes nothing more in hand and waits, within a bound, until what is being pushed is noted: a
   * user's thanks that is not noted brings the notice again. What is pending stays in the store.
   */
  @Override
  public void close() {
    closed = true;
    try {
      if (!places.tryAcquire(AT_ONCE_MAX, CLOSE_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("notices were still being pushed after {}", CLOSE_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
