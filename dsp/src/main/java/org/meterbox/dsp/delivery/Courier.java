// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.meterbox.dsp.delivery.DeliveryLedger.End;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.RecipientQueue.Hung;
import org.meterbox.dsp.delivery.RecipientQueue.Turn;
import org.meterbox.dsp.delivery.RecipientQueue.Worker;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings stored notices to users: at once, and what fails again and again by a timer. Each user has
 * a queue and workers of its own. Safe for use by many threads.
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

  /**
   * What a worker may need beside the attempt itself: the longest wait for a connection of the
   * store and the longest statement, twice. A worker that is busy for longer hangs.
   */
  public static final Duration STORE_WAIT = Duration.ofSeconds(140);

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final DeliveryLedger ledger;
  private final UserDirectory users;
  private final UserServer server;
  private final DeliveryPlan plan;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final OperatingTime operatingTime;
  private final FaultCount faults;
  private final Counter hungWorkers;
  private final Map<Eui64, RecipientQueue> queues = new ConcurrentHashMap<>();
  private final Map<Worker, Running> running = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private volatile boolean closed;

  /**
   * A courier; {@link #pushDue} must be called every few seconds.
   *
   * @param nanos a clock that only runs forward, for telling workers that hang
   */
  public Courier(
      DeliveryLedger ledger,
      UserDirectory users,
      UserServer server,
      DeliveryPlan plan,
      InstantSource clock,
      LongSupplier nanos,
      MeterRegistry meters) {
    this.ledger = ledger;
    this.users = users;
    this.server = server;
    this.plan = plan;
    this.clock = clock;
    this.nanos = nanos;
    operatingTime = new OperatingTime(ledger.operatingTime(), clock.instant());
    faults = new FaultCount(clock);
    hungWorkers =
        Counter.builder("dsp.delivery.workers.hung")
            .description("workers that were given up because they hung")
            .register(meters);
    Gauge.builder("dsp.delivery.faults", faults, FaultCount::count)
        .description("faults of our own that a push met")
        .register(meters);
    Gauge.builder("dsp.delivery.workers", running, Map::size)
        .description("threads that push")
        .register(meters);
  }

  /** A worker's thread and its claim on one of the places. */
  private record Running(Thread thread, AtomicBoolean holdsPlace) {}

  /** Faults of our own that workers met. */
  public FaultCount faults() {
    return faults;
  }

  /** Pushes a notice that was just stored, without making the caller wait. */
  public void push(Pending notice) {
    RecipientQueue queue = queue(notice.recipient());
    if (!closed) {
      queue.add(notice).ifPresent(worker -> start(queue, worker));
    }
  }

  /**
   * Pushes what is due in the store: what failed before, and what found no room. Replaces workers
   * that hang.
   */
  public void pushDue() {
    passTime(clock.instant());
    queues.values().forEach(this::replaceHung);
    for (Eui64 user : ledger.recipientsOfDue(clock.instant())) {
      RecipientQueue queue = queue(user);
      if (!closed) {
        queue.wake().ifPresent(worker -> start(queue, worker));
      }
    }
  }

  /**
   * Makes due now what a clock that ran ahead has put off. {@link #pushDue} sees by itself that the
   * clock was set back, but only where it has looked while the clock was ahead.
   */
  public void clockWentBack() {
    ledger.bringForward(clock.instant(), plan.interval());
  }

  /** Pushes at once everything that was pending when the DSP ended. */
  public void resume() {
    ledger.makeAllDue(clock.instant());
    pushDue();
  }

  private void passTime(Instant now) {
    switch (operatingTime.advance(now)) {
      case OperatingTime.Step.Counted() -> {}
      case OperatingTime.Step.Gap(Duration length) ->
          LOG.warn(
              "nothing was pushed again for {}: the clock was set forward, the machine slept or"
                  + " the database was away; this does not count towards the {} of trying",
              length,
              plan.giveUpAfter());
      case OperatingTime.Step.SetBack(Duration by) -> {
        LOG.warn("the clock was set back by {}; what waits is pushed now", by);
        ledger.bringForward(now, plan.interval());
      }
    }
    if (operatingTime.isToBeStored()) {
      Duration total = operatingTime.total();
      ledger.storeOperatingTime(total);
      operatingTime.stored(total);
    }
  }

  private void replaceHung(RecipientQueue queue) {
    Duration bound = plan.attemptWait().plus(STORE_WAIT);
    List<Hung> counted = queue.countOut(nanos.getAsLong() - bound.toNanos());
    for (Hung hung : counted) {
      hungWorkers.increment();
      LOG.error(
          "a worker has been busy with {} for more than {} and was given up; another one takes over",
          hung.notice().map(notice -> "notice " + notice.id()).orElse("reading what is due"),
          bound);
      Optional.ofNullable(running.remove(hung.worker()))
          .ifPresent(given -> {
            releasePlace(given.holdsPlace());
            given.thread().interrupt();
          });
      hung.notice().ifPresent(notice -> noteFault(notice, "the attempt did not end"));
    }
    // Only now: while the faults are not noted, what hung still looks due in the store.
    for (Hung _ : counted) {
      queue.wake().ifPresent(worker -> start(queue, worker));
    }
  }

  private RecipientQueue queue(Eui64 user) {
    return queues.computeIfAbsent(user, RecipientQueue::new);
  }

  private void start(RecipientQueue queue, Worker worker) {
    AtomicBoolean holdsPlace = new AtomicBoolean();
    Thread thread =
        Thread.ofVirtual()
            .name("courier")
            .uncaughtExceptionHandler((_, fault) -> {
              faults.add(fault);
              LOG.error("a worker ended by a fault of our own", fault);
            })
            .unstarted(() -> work(queue, worker, holdsPlace));
    running.put(worker, new Running(thread, holdsPlace));
    thread.start();
  }

  private void work(RecipientQueue queue, Worker worker, AtomicBoolean holdsPlace) {
    boolean ended = false;
    try {
      while (!ended) {
        ended = takeTurn(queue, worker, holdsPlace);
      }
    } catch (StoreException e) {
      // What is pending stays in the store and becomes due again.
      LOG.warn("notices wait, since the store cannot be used", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!ended) {
        queue.workerFailed(worker);
      }
      running.remove(worker);
    }
  }

  /** Does what is to be done; true where that is nothing any more. */
  private boolean takeTurn(RecipientQueue queue, Worker worker, AtomicBoolean holdsPlace)
      throws InterruptedException {
    return switch (queue.next(worker, nanos.getAsLong())) {
      case Turn.Push(Pending notice) -> {
        push(queue, worker, holdsPlace, notice);
        yield false;
      }
      case Turn.Refill(Eui64 user) -> {
        refill(queue, worker, user);
        yield false;
      }
      case Turn.End() -> true;
    };
  }

  private void refill(RecipientQueue queue, Worker worker, Eui64 user) {
    List<Pending> due = List.of();
    try {
      due = closed ? due : ledger.due(user, clock.instant(), READ_MAX);
    } finally {
      queue.refill(worker, due, due.size() == READ_MAX).forEach(another -> start(queue, another));
    }
  }

  private void push(RecipientQueue queue, Worker worker, AtomicBoolean holdsPlace, Pending notice)
      throws InterruptedException {
    places.acquire();
    holdsPlace.set(true);
    try {
      queue.begins(worker, nanos.getAsLong());
      if (!closed) {
        attempt(queue, worker, notice);
      }
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // The edge of the thread: one notice's fault must not stop the user's other notices.
      faults.add(e);
      LOG.error("notice {} for {}: a fault of our own", notice.id(), notice.recipient(), e);
      noteFault(notice, "internal fault " + e.getClass().getSimpleName());
    } finally {
      releasePlace(holdsPlace);
      queue.done(worker, notice);
    }
  }

  private void releasePlace(AtomicBoolean holdsPlace) {
    if (holdsPlace.getAndSet(false)) {
      places.release();
    }
  }

  private void attempt(RecipientQueue queue, Worker worker, Pending notice) {
    Optional<URI> address = users.find(notice.recipient()).flatMap(DccUser::receiveResponse);
    Optional<String> fault =
        address.isPresent()
            ? server.post(address.get(), notice.document())
            : Optional.of("the user has no Receive Response address");
    if (fault.isEmpty()) {
      ledger.end(notice.id(), End.DELIVERED, clock.instant(), "");
    } else if (queue.counts(worker)) {
      // Whoever counted a worker out has noted the fault in its place.
      noteFault(notice, fault.get());
    }
  }

  private void noteFault(Pending notice, String fault) {
    Instant now = clock.instant();
    Duration tried = operatingTime.total();
    Duration since = notice.tryingSince().orElse(tried);
    switch (Redelivery.after(tried.minus(since), now, plan)) {
      case Redelivery.Again(Instant next) -> {
        LOG.info("notice {} for {}: {}", notice.id(), notice.recipient(), fault);
        ledger.failed(notice.id(), now, fault, next, since);
      }
      case Redelivery.GivenUp() -> {
        LOG.warn("notice {} for {} given up: {}", notice.id(), notice.recipient(), fault);
        ledger.end(notice.id(), End.UNDELIVERED, now, fault);
      }
    }
  }

  /**
   * Takes nothing more in hand and waits, within a bound, until what is being pushed is noted: a
   * user's acknowledgement that is not noted brings the notice again. What is pending stays in the
   * store.
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
