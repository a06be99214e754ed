// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * The time in which the DSP was able to push, from its first start on. It is advanced every few
 * seconds while the process runs and its store works; a step that is too long, or backwards, is a
 * clock that was set, a machine that slept or a store that was away, and counts nothing. Safe for
 * use by many threads.
 */
final class OperatingTime {
  /** The longest step that counts; looks come every five seconds. */
  static final Duration STEP_MAX = Duration.ofMinutes(1);

  /** How much may be lost when the process is killed: notices are then tried that much longer. */
  static final Duration STORE_EVERY = Duration.ofMinutes(1);

  private Instant last;
  private Duration total;
  private Duration stored;

  /**
   * Continues from what an earlier process counted.
   *
   * @param start the clock now
   */
  OperatingTime(Duration total, Instant start) {
    this.total = total;
    this.stored = total;
    this.last = start;
  }

  /** What happened between two looks at the clock. */
  sealed interface Step {
    /** Time passed and was counted. */
    record Counted() implements Step {}

    /** The clock went forward by more than {@link #STEP_MAX}; nothing was counted. */
    record Gap(Duration length) implements Step {}

    /** The clock was set back; nothing was counted. */
    record SetBack(Duration by) implements Step {}
  }

  /** Looks at the clock. */
  synchronized Step advance(Instant now) {
    Duration step = Duration.between(last, now);
    last = now;
    if (step.isNegative()) {
      return new Step.SetBack(step.negated());
    }
    if (step.compareTo(STEP_MAX) > 0) {
      return new Step.Gap(step);
    }
    total = total.plus(step);
    return new Step.Counted();
  }

  /** All time counted so far. */
  synchronized Duration total() {
    return total;
  }

  /** Whether enough has been counted since {@link #stored} to be stored again. */
  synchronized boolean isToBeStored() {
    return total.minus(stored).compareTo(STORE_EVERY) >= 0;
  }

  /** This much is in the store now. */
  synchronized void stored(Duration inStore) {
    stored = inStore;
  }
}
