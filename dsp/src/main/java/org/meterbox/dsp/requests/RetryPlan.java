// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Duration;
import org.meterbox.kernel.DeviceType;

/**
 * How long the DSP waits for a device and how often it tries. The specifications demand at least
 * one retry where delivery fails, and one more sending where no response comes; the times are not
 * public. An on-demand round trip is to take 30 seconds.
 *
 * @param mainsAnswerWait wait for a response of a device on mains power
 * @param batteryAnswerWait wait for a response of a device that sleeps: it asks its hub for
 *     messages every 30 minutes
 * @param redeliveryWait wait before what the SM WAN did not deliver is sent again
 * @param sendsMax sendings of one command at most
 */
public record RetryPlan(
    Duration mainsAnswerWait, Duration batteryAnswerWait, Duration redeliveryWait, int sendsMax) {
  /** The plan unless configured otherwise. */
  public static final RetryPlan STANDARD =
      new RetryPlan(Duration.ofSeconds(30), Duration.ofMinutes(31), Duration.ofSeconds(10), 2);

  /** Refuses a plan that never sends or never waits. */
  public RetryPlan {
    if (sendsMax < 1
        || !mainsAnswerWait.isPositive()
        || !batteryAnswerWait.isPositive()
        || !redeliveryWait.isPositive()) {
      throw new IllegalArgumentException(
          "a retry plan sends at least once, and its waits are positive");
    }
  }

  /** The wait for a response of this type of device. */
  public Duration answerWait(DeviceType type) {
    return switch (type) {
      case GSME, PPMID -> batteryAnswerWait;
      case ESME, CHF, GPF, HCALCS, IHD, CAD -> mainsAnswerWait;
    };
  }
}
