// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.time.Duration;

/**
 * How often and how long notices are pushed.
 *
 * @param interval between two attempts
 * @param giveUpAfter operating time from the first attempt: time in which the DSP was able to push
 * @param attemptWait for the whole exchange of one attempt: connection, TLS handshake, request,
 *     headers and body of the answer
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
