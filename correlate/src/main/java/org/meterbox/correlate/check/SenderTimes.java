// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which times the user accepts as those at which a Pre-Command was made. Commands to a gas meter
 * carry that time to mark events and calendars; no request names it. A meter refuses what is marked
 * with an older time than it knows, so a Pre-Command from the far future would shut out all later
 * ones.
 */
@FunctionalInterface
public interface SenderTimes {
  /** Whether a Pre-Command may have been made at this time. */
  boolean plausible(Instant time);

  /** Any time, as long as the Pre-Command names only one. */
  static SenderTimes any() {
    return time -> true;
  }

  /** Only this time. */
  static SenderTimes exactly(Instant only) {
    return only::equals;
  }

  /** Times no further from now than this. */
  static SenderTimes near(InstantSource clock, Duration tolerance) {
    return time -> Duration.between(time, clock.instant()).abs().compareTo(tolerance) <= 0;
  }

  /** These times and others. */
  default SenderTimes or(SenderTimes others) {
    return time -> plausible(time) || others.plausible(time);
  }
}
