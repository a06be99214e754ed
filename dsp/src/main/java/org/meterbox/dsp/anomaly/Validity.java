// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import java.time.Instant;
import java.util.Optional;

/**
 * When something is in effect.
 *
 * @param from the first moment
 * @param until the first moment after it; none where nothing ends it
 */
public record Validity(Instant from, Optional<Instant> until) {
  /** Refuses a time that ends before it begins. */
  public Validity {
    if (until.isPresent() && !until.get().isAfter(from)) {
      throw new IllegalArgumentException("until must be later than from");
    }
  }

  /** Whether the moment lies in it. */
  public boolean covers(Instant moment) {
    return !moment.isBefore(from) && until.map(moment::isBefore).orElse(true);
  }
}
