// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.timers;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;
import org.meterbox.store.Store;

/** Sets durable timers, which {@link Timers} then lets go off. Safe for use by many threads. */
public final class AlarmClock {
  static final String TABLE = "dsp.scheduled_tasks";

  private final SchedulerClient client;

  /** Sets timers in this store. */
  public AlarmClock(Store store) {
    this.client = SchedulerClient.Builder.create(store.dataSource()).tableName(TABLE).build();
  }

  /** Sets the timer of one thing, unless it is set already. */
  public void set(String name, long thing, Instant at) {
    client.scheduleIfNotExists(new TaskInstance<Void>(name, Long.toString(thing)), at);
  }
}
