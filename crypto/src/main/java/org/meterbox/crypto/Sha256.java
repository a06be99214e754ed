// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.meterbox.kernel.Octets;

/** SHA-256, for knowing the same octets again. */
public final class Sha256 {
  private Sha256() {}

  /** The 32 octets of the digest. */
  public static Octets of(Octets content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256", CryptoProviders.digest());
      return Octets.of(digest.digest(content.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider knows no SHA-256", e);
    }
  }
}
