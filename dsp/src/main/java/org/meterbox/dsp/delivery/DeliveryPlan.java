// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.time.Duration;

/**
 * How stubbornly notices are pushed.
 *
 * @param interval between two attempts
 * @param giveUpAfter from the first attempt
 * @param attemptWait for the user's server to answer one attempt
 */
public record DeliveryPlan(Duration interval, Duration giveUpAfter, Duration attemptWait) {
  /** Every five minutes for two days, as the programme laid down. */
  public static final DeliveryPlan STANDARD =
      new DeliveryPlan(Duration.ofMinutes(5), Duration.ofDays(2), Duration.ofSeconds(10));

  /** Refuses a plan that never waits. */
  public DeliveryPlan {
    if (!interval.isPositive() || !giveUpAfter.isPositive() || !attemptWait.isPositive()) {
      throw new IllegalArgumentException("the times of a delivery plan are positive");
    }
  }
}
