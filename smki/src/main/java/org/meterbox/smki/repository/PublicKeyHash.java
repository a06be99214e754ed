// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Octets;

/**
 * SHA-256 of a public key's canonical encoding (uncompressed point): how the repository knows a key
 * that it has seen.
 *
 * @param octets 32 octets
 */
public record PublicKeyHash(Octets octets) {
  /** Hashes a P-256 key. */
  public static PublicKeyHash of(PublicKey key) {
    return ofEncoded(P256.publicKey(key).getEncoded());
  }

  /** Hashes a P-256 key in its canonical encoding (SubjectPublicKeyInfo, uncompressed point). */
  public static PublicKeyHash ofEncoded(byte[] encoded) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256", CryptoProviders.digest());
      return new PublicKeyHash(Octets.of(digest.digest(encoded)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider knows no SHA-256", e);
    }
  }
}
