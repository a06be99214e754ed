// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.timers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.meterbox.dsp.health.Readiness;
import org.meterbox.dsp.health.Readiness.NotReady;
import org.meterbox.dsp.health.Readiness.Ready;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.store.Store;
import org.meterbox.store.StoreException;

/**
 * The durable scheduler on the DSP's store (db-scheduler). Timers go by the injected clock; the
 * store is asked for due ones every {@link #LOOK} of real time.
 *
 * <p>What is due at which moment stands in the rows of requests and notices themselves: setting a
 * timer costs no statement of its own. The timers here only start the looking.
 */
public final class Timers implements AutoCloseable {
  /** How often the store is asked for due timers. */
  public static final Duration LOOK = Duration.ofSeconds(1);

  /** Timers whose work runs at the same time at most. */
  public static final int AT_ONCE_MAX = 4;

  /** A timer whose last success is longer ago than this, beside its period, is not ready. */
  public static final Duration LATE = Duration.ofSeconds(60);

  /** How long closing waits for work in progress. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(15);

  /** One DSP process works on a store, under this name, from one start to the next. */
  private static final String OWNER = "dsp";

  private static final String TABLE = "dsp.scheduled_tasks";

  /** What a process that was killed had in hand. */
  private static final String RELEASE =
      """
      UPDATE dsp.scheduled_tasks
      SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1
      WHERE picked AND picked_by = ?
      """;

  /**
   * What would go off only in a future that a clock which was set back has moved away. Other rows
   * of the scheduler are left alone.
   */
  private static final String BRING_FORWARD =
      """
      UPDATE dsp.scheduled_tasks
      SET execution_time = ?, version = version + 1
      WHERE NOT picked AND task_name = ? AND execution_time > ?
      """;

  private final Store store;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final List<Timer> timers;
  private final FaultCount faults;
  private final Map<String, Long> lastRuns;

  private Timers(
      Store store,
      Scheduler scheduler,
      InstantSource clock,
      List<Timer> timers,
      FaultCount faults,
      Map<String, Long> lastRuns) {
    this.store = store;
    this.scheduler = scheduler;
    this.clock = clock;
    this.timers = List.copyOf(timers);
    this.faults = faults;
    this.lastRuns = lastRuns;
  }

  /** These timers; they go off after {@link #start}. */
  public static Timers of(Store store, InstantSource clock, List<Timer> timers) {
    FaultCount faults = new FaultCount(clock);
    Map<String, Long> lastRuns = new ConcurrentHashMap<>();
    List<RecurringTask<?>> tasks = new ArrayList<>();
    for (Timer timer : timers) {
      tasks.add(
          Tasks.recurring(timer.name(), FixedDelay.of(timer.every()))
              .execute((instance, context) -> run(timer, faults, lastRuns)));
    }
    Scheduler scheduler =
        Scheduler.create(store.dataSource())
            .startTasks(tasks)
            .clock(clock::instant)
            .tableName(TABLE)
            .schedulerName(new SchedulerName.Fixed(OWNER))
            .pollingInterval(LOOK)
            .threads(AT_ONCE_MAX)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .shutdownMaxWait(CLOSE_WAIT)
            .build();
    return new Timers(store, scheduler, clock, timers, faults, lastRuns);
  }

  /** The scheduler logs what a run throws, and lets the timer go off again. */
  private static void run(Timer timer, FaultCount faults, Map<String, Long> lastRuns) {
    try {
      timer.work().run();
      lastRuns.put(timer.name(), System.nanoTime());
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // The edge of the thread.
      faults.add(e);
      throw e;
    }
  }

  /** Lets timers go off, first those whose time has passed. */
  public void start() {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
        statement.setString(1, OWNER);
        return statement.executeUpdate();
      }
    });
    resetTimersAhead();
    timers.forEach(timer -> lastRuns.put(timer.name(), System.nanoTime()));
    scheduler.start();
  }

  /** Faults of our own in the timers' work. */
  public FaultCount faults() {
    return faults;
  }

  /** Whether every timer has done its work within {@link #LATE} in real time. */
  public Readiness readiness() {
    for (Timer timer : timers) {
      Duration ago =
          Duration.ofNanos(
              System.nanoTime() - lastRuns.getOrDefault(timer.name(), System.nanoTime()));
      if (ago.compareTo(timer.every().plus(LATE)) > 0) {
        return new NotReady(
            String.format(
                Locale.ROOT, "%s last succeeded %d s ago", timer.name(), ago.toSeconds()));
      }
    }
    return new Ready();
  }

  /**
   * Has timers that were set by a clock that ran ahead go off now. To be called after the clock was
   * set back while they run; {@link #start} does so too.
   */
  public void setBack() {
    resetTimersAhead();
    // The scheduler waits until the clock says a certain time: it would wait for years.
    scheduler.triggerCheckForDueExecutions();
  }

  private void resetTimersAhead() {
    Instant now = clock.instant();
    for (Timer timer : timers) {
      store.statement(connection -> {
        try (PreparedStatement statement = connection.prepareStatement(BRING_FORWARD)) {
          statement.setObject(1, now.atOffset(ZoneOffset.UTC));
          statement.setString(2, timer.name());
          statement.setObject(3, now.plus(timer.every()).atOffset(ZoneOffset.UTC));
          return statement.executeUpdate();
        }
      });
    }
  }

  /** Stops; timers that are set stay in the store. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
