// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

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
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH", CryptoProviders.ellipticCurve());
      agreement.init(privateKey);
      agreement.doPhase(peer, true);
      return new SharedSecret(leftPadded(agreement.generateSecret()));
    } catch (java.security.InvalidKeyException e) {
      throw new IllegalArgumentException("the peer's key is not a P-256 public key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("key agreement failed in the provider", e);
    }
  }

  @Override
  public ECPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public String toString() {
    return "SoftwareAgreementKey[redacted]";
  }

  private static byte[] leftPadded(byte[] secret) {
    if (secret.length == 32) {
      return secret;
    }
    byte[] padded = new byte[32];
    System.arraycopy(secret, 0, padded, 32 - secret.length, secret.length);
    Arrays.fill(secret, (byte) 0);
    return padded;
  }
}
