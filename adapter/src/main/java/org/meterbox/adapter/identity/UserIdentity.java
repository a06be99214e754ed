// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.identity;

import java.util.Optional;
import org.meterbox.kernel.Eui64;

/**
 * A DCC User's identity in SMKI: one key pair for each purpose.
 *
 * @param id the user's EUI-64
 * @param xmlSigning signs Service Requests
 * @param digitalSignature signs Pre-Commands
 * @param keyAgreement checks MACs and decrypts sensitive content
 * @param prepaymentTopUp makes prepayment tokens; suppliers only
 */
public record UserIdentity(
    Eui64 id,
    SigningIdentity xmlSigning,
    SigningIdentity digitalSignature,
    AgreementIdentity keyAgreement,
    Optional<AgreementIdentity> prepaymentTopUp) {}
