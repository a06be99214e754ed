// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.timers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.meterbox.store.Store;

/**
 * The durable scheduler on the DSP's store (db-scheduler). Timers go by the injected clock; the
 * store is asked for due ones every {@link #LOOK} of real time. Safe for use by many threads.
 */
public final class Timers implements AutoCloseable {
  /** How often the store is asked for due timers. */
  public static final Duration LOOK = Duration.ofSeconds(1);

  /** Timers whose work runs at the same time at most. */
  public static final int AT_ONCE_MAX = 32;

  /** How long closing waits for work in progress. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(15);

  /** After a fault of our own the work is tried again after this time. */
  public static final Duration AFTER_FAULT = Duration.ofMinutes(1);

  /** One DSP process works on a store, under this name, from one start to the next. */
  static final String OWNER = "dsp";

  /** What a process that was killed had in hand. */
  private static final String RELEASE =
      """
      UPDATE dsp.scheduled_tasks
      SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1
      WHERE picked AND picked_by = ?
      """;

  private final Store store;
  private final Scheduler scheduler;

  private Timers(Store store, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
  }

  /** Timers of these kinds; they go off after {@link #start}. */
  public static Timers of(Store store, InstantSource clock, List<Timer> kinds) {
    List<Task<?>> known = new ArrayList<>();
    List<RecurringTask<?>> recurring = new ArrayList<>();
    for (Timer kind : kinds) {
      switch (kind) {
        case Timer.Recurring timer -> recurring.add(task(timer));
        case Timer.ForEach timer -> known.add(task(timer));
      }
    }
    SchedulerBuilder builder =
        Scheduler.create(store.dataSource(), known)
            .startTasks(recurring)
            .clock(clock::instant)
            .tableName(AlarmClock.TABLE)
            .schedulerName(new SchedulerName.Fixed(OWNER))
            .pollingInterval(LOOK)
            .threads(AT_ONCE_MAX)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .shutdownMaxWait(CLOSE_WAIT);
    return new Timers(store, builder.build());
  }

  /** Lets timers go off, first those whose time has passed. */
  public void start() {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
        statement.setString(1, OWNER);
        return statement.executeUpdate();
      }
    });
    scheduler.start();
  }

  /** Stops; timers that are set stay in the store. */
  @Override
  public void close() {
    scheduler.stop();
  }

  private static RecurringTask<Void> task(Timer.Recurring timer) {
    return Tasks.recurring(timer.name(), FixedDelay.of(timer.every()))
        .execute((instance, context) -> timer.work().run());
  }

  private static CustomTask<Void> task(Timer.ForEach timer) {
    return Tasks.custom(timer.name(), Void.class)
        .onFailureReschedule(FixedDelay.of(AFTER_FAULT))
        .onDeadExecutionRevive()
        .execute((instance, context) -> {
          Optional<Instant> again = timer.work().run(Long.parseLong(instance.getId()));
          return again
              .<CompletionHandler<Void>>map(
                  at -> (done, operations) -> operations.reschedule(done, at))
              .orElseGet(() -> (done, operations) -> operations.remove());
        });
  }
}
