// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What access control says to a request. */
public sealed interface AccessDecision {
  /**
   * The request may be carried out.
   *
   * @param role the role in which the user is entitled to it
   */
  record Granted(UserRole role) implements AccessDecision {}

  /**
   * It may not.
   *
   * @param code what the user is told
   * @param rule which rule refused, in a few words for the audit and the operator; holds no
   *     personal data
   */
  record Refused(ResponseCode code, String rule) implements AccessDecision {}
}
