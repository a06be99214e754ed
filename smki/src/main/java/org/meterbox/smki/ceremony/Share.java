// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.ceremony;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.kernel.Octets;

/**
 * One custodian's part of the secret.
 *
 * @param set which splitting it belongs to
 * @param custodian whose it is
 * @param part as long as the secret; worth nothing without enough others
 */
public record Share(Octets set, String custodian, Octets part) {
  /** SHA-256 of the part. */
  Octets digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256", CryptoProviders.digest());
      return Octets.of(digest.digest(part.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider knows no SHA-256", e);
    }
  }

  /** Says whose it is, not what it is. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Share[%s, redacted]", custodian);
  }
}
