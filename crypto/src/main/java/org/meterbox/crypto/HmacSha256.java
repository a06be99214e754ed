// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.meterbox.kernel.Octets;

/**
 * HMAC with SHA-256 (RFC 2104), by which a recipient knows a sender with whom it shares a secret.
 */
public final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";

  private HmacSha256() {}

  /**
   * The code of a message.
   *
   * @param secret at least one octet
   */
  public static Octets of(Octets secret, Octets message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.toArray(), ALGORITHM));
      return Octets.of(mac.doFinal(message.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HMAC with SHA-256", e);
    }
  }
}
