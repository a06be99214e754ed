// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * A request is turned down by a rule.
 *
 * @param code what the user is told (DUIS, ResponseCode)
 * @param rule which rule refused, in a sentence for the audit and the operator; holds no personal
 *     data
 */
public record Refusal(ResponseCode code, String rule) {
  /**
   * The code for causes to which no public document gives a code of their own. The schema has it;
   * its meaning is not public.
   */
  public static final ResponseCode NO_CODE_OF_ITS_OWN = ResponseCode.find("E100").orElseThrow();

  /** A refusal for a cause to which no public document gives a code of its own. */
  public static Refusal withoutOwnCode(String rule) {
    return new Refusal(NO_CODE_OF_ITS_OWN, rule);
  }
}
