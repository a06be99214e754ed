// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis;

import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.signature.SignatureBlock;

/** A document of either direction, as told by its root element. */
public sealed interface DuisDocument {

  /** The signature as received, not yet verified. */
  SignatureBlock signature();

  /**
   * From a user to the DSP.
   *
   * @param request what it asks
   */
  record Request(ServiceRequest request) implements DuisDocument {
    @Override
    public SignatureBlock signature() {
      return request.signature();
    }
  }

  /**
   * From the DSP to a user.
   *
   * @param response what it says
   */
  record Response(ReceivedResponse response) implements DuisDocument {
    @Override
    public SignatureBlock signature() {
      return response.signature();
    }
  }
}
