// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * The 32 octets that two parties agree on (GBCS: Z). Never printed, never compared by content,
 * readable only inside this package.
 */
public final class SharedSecret {
  private static final int OCTETS = 32;

  private final byte[] z;

  private SharedSecret(byte[] z) {
    if (z.length != OCTETS) {
      throw new IllegalArgumentException("a P-256 shared secret has 32 octets");
    }
    this.z = z;
  }

  /** ECDH with a private key that the provider holds or can read. */
  static SharedSecret agree(Provider provider, PrivateKey own, ECPublicKey peer) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
      agreement.init(own);
      agreement.doPhase(peer, true);
      return new SharedSecret(leftPadded(agreement.generateSecret()));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the peer's key is not a P-256 public key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("key agreement failed in the provider", e);
    }
  }

  /** Some modules leave out leading zeros. */
  private static byte[] leftPadded(byte[] secret) {
    if (secret.length >= OCTETS) {
      return secret;
    }
    byte[] padded = new byte[OCTETS];
    System.arraycopy(secret, 0, padded, OCTETS - secret.length, secret.length);
    Arrays.fill(secret, (byte) 0);
    return padded;
  }

  byte[] octets() {
    return z;
  }

  @Override
  public String toString() {
    return "SharedSecret[redacted]";
  }
}
