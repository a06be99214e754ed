// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.util.Set;
import org.meterbox.kernel.UserRole;

/** What access control says before anything about a device is known. */
public sealed interface RoleDecision {
  /**
   * The user may send this service request.
   *
   * @param roles the roles held by the user that may send it, at least one
   */
  record Eligible(Set<UserRole> roles) implements RoleDecision {
    /** Keeps an unchangeable copy. */
    public Eligible {
      roles = Set.copyOf(roles);
    }
  }

  /** It may not. */
  record Refused(Refusal refusal) implements RoleDecision {}
}
