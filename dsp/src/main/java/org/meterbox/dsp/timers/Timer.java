// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.timers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happens when a time has come. */
public sealed interface Timer {
  /** Name of the timer in the store. */
  String name();

  /**
   * One timer for the whole system that goes off again and again.
   *
   * @param every from the end of one run to the start of the next
   */
  record Recurring(String name, Duration every, Runnable work) implements Timer {}

  /** A timer for each of many numbered things, set when it is needed. */
  record ForEach(String name, Work work) implements Timer {}

  /** What is to be done for one thing. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
     *
     * @return when to do it again; empty where that is not needed
     */
    Optional<Instant> run(long thing);
  }
}
