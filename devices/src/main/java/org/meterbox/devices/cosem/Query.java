// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.time.Instant;

/**
 * When an attribute is read, and for a log which entries: both ends belong to it.
 *
 * @param from {@link Instant#MIN} where the start is open
 * @param to {@link Instant#MAX} where the end is open
 */
public record Query(Instant now, Instant from, Instant to) {
  /** All of an attribute. */
  public static Query all(Instant now) {
    return new Query(now, Instant.MIN, Instant.MAX);
  }

  /** Whether an entry of this time is asked for. */
  public boolean covers(Instant time) {
    return !time.isBefore(from) && !time.isAfter(to);
  }
}
