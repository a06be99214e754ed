// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.meterbox.store.Store;

/**
 * The durable scheduler of the adapter (db-scheduler). What is due at which moment stands in the
 * rows of requests and deliveries; the timers here only start the looking.
 */
final class AdapterTimers implements AutoCloseable {
  /** How often the store is asked for due timers. */
  static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
  private static final int AT_ONCE_MAX = 4;
  private static final String OWNER = "adapter";

  /** What a process that was killed had in hand, or what waits for a clock that ran ahead. */
  private static final String RELEASE =
      """
      UPDATE adapter.scheduled_tasks
      SET picked = false, picked_by = NULL, last_heartbeat = NULL, execution_time = ?,
        version = version + 1
      """;

  private final Scheduler scheduler;

  private AdapterTimers(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Starts: each work is done again and again, this long after it was done last. */
  static AdapterTimers start(Store store, InstantSource clock, Map<String, Timer> timers) {
    store.statement(connection -> {
      try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
        release.setObject(1, clock.instant().atOffset(java.time.ZoneOffset.UTC));
        return release.executeUpdate();
      }
    });
    List<RecurringTask<?>> tasks = new ArrayList<>();
    timers.forEach((name, timer) ->
        tasks.add(
            Tasks.recurring(name, FixedDelay.of(timer.every()))
                .execute((_, _) -> timer.work().run())));
    Scheduler scheduler =
        Scheduler.create(store.dataSource())
            .startTasks(tasks)
            .clock(clock::instant)
            .tableName("adapter.scheduled_tasks")
            .schedulerName(new SchedulerName.Fixed(OWNER))
            .pollingInterval(LOOK)
            .threads(AT_ONCE_MAX)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .shutdownMaxWait(CLOSE_WAIT)
            .build();
    scheduler.start();
    return new AdapterTimers(scheduler);
  }

  /** Work that comes again and again. */
  record Timer(Duration every, Runnable work) {}

  @Override
  public void close() {
    scheduler.stop();
  }
}
