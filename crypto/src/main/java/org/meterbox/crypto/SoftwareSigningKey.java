// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;

/** A signing key held in this JVM's memory. */
public final class SoftwareSigningKey implements SigningKey {
  private final PrivateKey privateKey;
  private final ECPublicKey publicKey;

  /** Joins the two halves of a P-256 pair. */
  public SoftwareSigningKey(PrivateKey privateKey, ECPublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Takes a P-256 pair. */
  public static SoftwareSigningKey of(KeyPair pair) {
    return new SoftwareSigningKey(pair.getPrivate(), P256.publicKey(pair.getPublic()));
  }

  @Override
  public EcdsaSignature sign(byte[] content) {
    return Signatures.sign(CryptoProviders.ellipticCurve(), privateKey, content);
  }

  @Override
  public ECPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public String toString() {
    return "SoftwareSigningKey[redacted]";
  }
}
