// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

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
   * @param created when the notice was made, which is when it was first pushed
   */
  static Redelivery after(Instant created, Instant now, DeliveryPlan plan) {
    Instant next = now.plus(plan.interval());
    return next.isAfter(created.plus(plan.giveUpAfter())) ? new GivenUp() : new Again(next);
  }
}
