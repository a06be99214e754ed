// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import org.meterbox.kernel.UserRole;

/** What access control says to a request to a device. */
public sealed interface AccessDecision {
  /**
   * The request may be carried out.
   *
   * @param role the role in which the user is entitled to it
   */
  record Granted(UserRole role) implements AccessDecision {}

  /** It may not. */
  record Refused(Refusal refusal) implements AccessDecision {}
}
