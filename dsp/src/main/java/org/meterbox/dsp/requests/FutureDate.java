// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.Optional;

/** What the ExecutionDateTime of a request asks (DUIS, future dated requests). */
public enum FutureDate {
  /** Carry it out now: there is no date, or it has passed. */
  NOW,
  /** Carry it out at that time. */
  LATER,
  /** Cancel what waits: the date is {@link #CANCEL}. */
  CANCELLATION;

  /** The date that cancels, as the official cancellation examples have it. */
  public static final Instant CANCEL = Instant.parse("3000-12-31T00:00:00Z");

  /** What this date asks. */
  public static FutureDate of(Optional<Instant> execution, Instant now) {
    if (execution.isEmpty()) {
      return NOW;
    }
    if (execution.get().equals(CANCEL)) {
      return CANCELLATION;
    }
    return execution.get().isAfter(now) ? LATER : NOW;
  }
}
