// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel.faults;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How many faults of our own a background thread has met since the start of the process, and the
 * last of them. The thread logs each one itself and goes on. Safe for use by many threads.
 */
public final class FaultCount {
  private final InstantSource clock;
  private long count;
  private Optional<Last> last = Optional.empty();

  public FaultCount(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The latest fault.
   *
   * @param kind the class of the exception; never its message, which may hold personal data
   */
  public record Last(Instant at, String kind) {}

  /** Counts one more fault. */
  public synchronized void add(Throwable fault) {
    count++;
    last = Optional.of(new Last(clock.instant(), fault.getClass().getSimpleName()));
  }

  /** Faults since the start of the process. */
  public synchronized long count() {
    return count;
  }

  /** The latest fault, if there was one. */
  public synchronized Optional<Last> last() {
    return last;
  }
}
