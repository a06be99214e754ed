// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.registration;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;

/**
 * One line of registration data: a party is responsible for a meter point in a role for a time.
 *
 * @param from the first moment
 * @param until the first moment after; none where no end is known
 */
public record Registration(
    Mpxn mpxn, UserRole role, Eui64 party, Instant from, Optional<Instant> until) {
  /** Refuses a time that ends before it starts. */
  public Registration {
    if (until.isPresent() && until.get().isBefore(from)) {
      throw new IllegalArgumentException("a registration ends after it starts");
    }
  }

  /** Whether the registration covers this moment. */
  public boolean covers(Instant moment) {
    return !moment.isBefore(from) && until.map(moment::isBefore).orElse(true);
  }
}
