// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.sending;

import org.meterbox.duis.response.Response;
import org.meterbox.kernel.Octets;

/** What the DSP answered at once. */
public sealed interface Answer {
  /**
   * A response with the DSP's valid signature.
   *
   * @param response what it says
   * @param asReceived the signed octets
   */
  record Verified(Response response, Octets asReceived) implements Answer {}

  /**
   * Something that is not to be trusted or not to be understood.
   *
   * @param httpStatus the HTTP status
   * @param reason what is wrong with it, for a person
   * @param asReceived the octets
   */
  record Rejected(int httpStatus, String reason, Octets asReceived) implements Answer {}
}
