// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.meterbox.kernel.Priority;

/**
 * How many requests are worked on at the same time. Some places are kept for supply commands, so
 * that a flood of reads never keeps a top-up out. Safe for use by many threads.
 */
final class ConcurrencyLimit {
  /** Places for every request: some more than the store has connections. */
  static final int PLACES = 64;

  /** Further places for supply commands. */
  static final int SUPPLY_PLACES = 8;

  /** How long a request waits for a place: below the three seconds that clients wait for us. */
  static final Duration WAIT_MAX = Duration.ofSeconds(2);

  private final Semaphore general = new Semaphore(PLACES, true);
  private final Semaphore supply = new Semaphore(SUPPLY_PLACES, true);

  /** A place that was given; closing gives it back. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** A place, where there is one in time. */
  Optional<Place> enter(Priority priority) {
    if (priority == Priority.SUPPLY && supply.tryAcquire()) {
      return Optional.of(supply::release);
    }
    try {
      return general.tryAcquire(WAIT_MAX.toNanos(), TimeUnit.NANOSECONDS)
          ? Optional.of(general::release)
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
