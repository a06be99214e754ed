// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.time.Duration;
import java.time.Instant;

/** What follows from a failed attempt to push a notice. */
sealed interface Redelivery {
  /** Another attempt at this time. */
  record Again(Instant at) implements Redelivery {}

  /** None any more. */
  record GivenUp() implements Redelivery {}

  /**
   * Decides.
   *
   * @param triedFor the {@link OperatingTime} since the first attempt
   */
  static Redelivery after(Duration triedFor, Instant now, DeliveryPlan plan) {
    return triedFor.plus(plan.interval()).compareTo(plan.giveUpAfter()) > 0
        ? new GivenUp()
        : new Again(now.plus(plan.interval()));
  }
}
