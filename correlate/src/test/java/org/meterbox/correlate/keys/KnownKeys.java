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
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** Keys in memory. */
public final class KnownKeys implements PartyKeys {
  /** The base point of P-256 (FIPS 186-4): a key whose private key everybody knows to be 1. */
  private static final ECPublicKey GENERATOR =
      P256.publicKey(
          new BigInteger("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296", 16),
          new BigInteger("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5", 16));

  private final List<PartyCertificate> certificates = new ArrayList<>();
  private final Map<Eui64, AgreementKey> own = new HashMap<>();

  /** Adds a certificate and gives it back. */
  public PartyCertificate certify(Eui64 holder, KeyUse use, ECPublicKey key) {
    BigInteger serial = BigInteger.valueOf(certificates.size() + 1);
    PartyCertificate certificate =
        new PartyCertificate(holder, use, key, "CN=Z1,OU=07", serial, Octets.EMPTY);
    certificates.add(certificate);
    return certificate;
  }

  /** Adds a certificate for key agreement of which only the octets count. */
  public void certify(Eui64 holder, Octets encoded) {
    certificates.add(
        new PartyCertificate(
            holder, KeyUse.KEY_AGREEMENT, GENERATOR, "CN=Z1,OU=07", BigInteger.ONE, encoded));
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
