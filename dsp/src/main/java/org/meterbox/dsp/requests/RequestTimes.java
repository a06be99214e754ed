// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Duration;

/**
 * How long requests wait. No public document has these times, so all are settings.
 *
 * @param horizon how far ahead a request may be dated; 30 days are said to be the DCC's limit,
 *     without a firm source, while the official example requests are dated 2030
 * @param predecessorWait how long a request of a sequence waits for one that has not come
 * @param outcomeWait how long after its time a future dated command's alerts may take; a target of
 *     24 hours holds for future dated work
 * @param scheduleLateMax how late a run of a DSP schedule is still worth starting
 * @param scheduleSpread over how much of the day runs without a start time of their own are spread
 * @param claim for how long one process has a due request to itself; another takes it up after that
 */
public record RequestTimes(
    Duration horizon,
    Duration predecessorWait,
    Duration outcomeWait,
    Duration scheduleLateMax,
    Duration scheduleSpread,
    Duration claim) {
  /** The times unless configured otherwise. */
  public static final RequestTimes STANDARD =
      new RequestTimes(
          Duration.ofDays(30),
          Duration.ofHours(1),
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(6),
          Duration.ofMinutes(1));

  /** These times with another horizon. */
  public RequestTimes withHorizon(Duration other) {
    return new RequestTimes(
        other, predecessorWait, outcomeWait, scheduleLateMax, scheduleSpread, claim);
  }

  /** Refuses times that are no times to wait. */
  public RequestTimes {
    if (!horizon.isPositive()
        || !predecessorWait.isPositive()
        || !outcomeWait.isPositive()
        || !scheduleLateMax.isPositive()
        || !scheduleSpread.isPositive()
        || !claim.isPositive()) {
      throw new IllegalArgumentException("the times of requests must be positive");
    }
  }
}
