// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.time.Duration;
import java.util.List;

/**
 * How a server that ended by itself is started again.
 *
 * @param waits before the first try, the second and so on; the last one repeats
 * @param triesMax in a row, after which somebody has to look
 * @param stableAfter a server that ran for longer is well: its next end begins a new row of tries
 */
record RestartPlan(List<Duration> waits, int triesMax, Duration stableAfter) {
  /** Eight tries within some two minutes. */
  static final RestartPlan STANDARD =
      new RestartPlan(
          List.of(
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(4),
              Duration.ofSeconds(8),
              Duration.ofSeconds(16),
              Duration.ofSeconds(30)),
          8,
          Duration.ofMinutes(1));

  RestartPlan {
    waits = List.copyOf(waits);
  }

  Duration waitBefore(int triesBefore) {
    return waits.get(Math.min(triesBefore, waits.size() - 1));
  }
}
