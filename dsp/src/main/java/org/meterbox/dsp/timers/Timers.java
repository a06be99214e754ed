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
import java.util.concurrent.Executors;
import org.meterbox.store.Store;

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

  /** A timer set further ahead than its own period was set by a clock that ran ahead. */
  private static final String SET_BACK =
      """
      UPDATE dsp.scheduled_tasks
      SET execution_time = ?, version = version + 1
      WHERE NOT picked AND execution_time > ?
      """;

  private final Store store;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Duration longest;

  private Timers(Store store, Scheduler scheduler, InstantSource clock, Duration longest) {
    this.store = store;
    this.scheduler = scheduler;
    this.clock = clock;
    this.longest = longest;
  }

  /** These timers; they go off after {@link #start}. */
  public static Timers of(Store store, InstantSource clock, List<Timer> timers) {
    List<RecurringTask<?>> tasks = new ArrayList<>();
    for (Timer timer : timers) {
      tasks.add(
          Tasks.recurring(timer.name(), FixedDelay.of(timer.every()))
              .execute((instance, context) -> timer.work().run()));
    }
    return new Timers(
        store,
        Scheduler.create(store.dataSource())
            .startTasks(tasks)
            .clock(clock::instant)
            .tableName(TABLE)
            .schedulerName(new SchedulerName.Fixed(OWNER))
            .pollingInterval(LOOK)
            .threads(AT_ONCE_MAX)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .shutdownMaxWait(CLOSE_WAIT)
            .build(),
        clock,
        timers.stream().map(Timer::every).max(Duration::compareTo).orElse(Duration.ZERO));
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
    scheduler.start();
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
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(SET_BACK)) {
        statement.setObject(1, now.atOffset(ZoneOffset.UTC));
        statement.setObject(2, now.plus(longest).atOffset(ZoneOffset.UTC));
        return statement.executeUpdate();
      }
    });
  }

  /** Stops; timers that are set stay in the store. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
