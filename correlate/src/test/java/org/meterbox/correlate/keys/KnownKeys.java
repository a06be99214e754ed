// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.kernel.Eui64;

/** Keys in memory. */
public final class KnownKeys implements PartyKeys {
  private final List<PartyCertificate> certificates = new ArrayList<>();
  private final Map<Eui64, AgreementKey> own = new HashMap<>();

  /** Adds a certificate and gives it back. */
  public PartyCertificate certify(Eui64 holder, KeyUse use, ECPublicKey key) {
    BigInteger serial = BigInteger.valueOf(certificates.size() + 1);
    PartyCertificate certificate = new PartyCertificate(holder, use, key, "CN=Z1,OU=07", serial);
    certificates.add(certificate);
    return certificate;
  }

  /** Adds an own key. */
  public void own(Eui64 party, AgreementKey key) {
    own.put(party, key);
  }

  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    return certificates.stream().filter(c -> c.holder().equals(holder) && c.use() == use).toList();
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    return Optional.ofNullable(own.get(party));
  }
}
