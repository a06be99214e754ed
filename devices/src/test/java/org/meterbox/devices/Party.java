// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices;

import java.security.SecureRandom;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** A remote party of the tests with its keys. */
public record Party(
    Eui64 id, RemotePartyRole role, SoftwareSigningKey signing, SoftwareAgreementKey agreement) {
  /** A party with fresh keys. */
  public static Party fresh(String id, RemotePartyRole role) {
    SecureRandom random = new SecureRandom();
    return new Party(
        Eui64.parse(id),
        role,
        SoftwareSigningKey.of(P256.generate(random)),
        SoftwareAgreementKey.of(P256.generate(random)));
  }

  /** Its certificate for one kind of key. */
  public Octets certificate(KeyUse use) {
    return TestAuthority.certificate(
        id, role, use, use == KeyUse.KEY_AGREEMENT ? agreement.publicKey() : signing.publicKey());
  }
}
