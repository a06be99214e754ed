// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.response;

import org.meterbox.duis.signature.SignatureBlock;
import org.meterbox.kernel.Octets;

/**
 * A response that passed the schema.
 *
 * @param response what it says
 * @param schemaVersion the DUIS version that the sender names, for example 5.4
 * @param signature the signature as received, not yet verified
 * @param asReceived the whole document as received
 */
public record ReceivedResponse(
    Response response, String schemaVersion, SignatureBlock signature, Octets asReceived) {}
