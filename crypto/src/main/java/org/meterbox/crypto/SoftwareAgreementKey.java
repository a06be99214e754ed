// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;

/** A key agreement key held in this JVM's memory. */
public final class SoftwareAgreementKey implements AgreementKey {
  private final PrivateKey privateKey;
  private final ECPublicKey publicKey;

  /** Joins the two halves of a P-256 pair. */
  public SoftwareAgreementKey(PrivateKey privateKey, ECPublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Takes a P-256 pair. */
  public static SoftwareAgreementKey of(KeyPair pair) {
    return new SoftwareAgreementKey(pair.getPrivate(), P256.publicKey(pair.getPublic()));
  }

  @Override
  public SharedSecret agree(ECPublicKey peer) {
    return SharedSecret.agree(CryptoProviders.ellipticCurve(), privateKey, peer);
  }

  @Override
  public ECPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public String toString() {
    return "SoftwareAgreementKey[redacted]";
  }
}
