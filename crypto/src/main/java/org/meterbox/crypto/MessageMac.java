// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.meterbox.kernel.Octets;

/**
 * The MAC of a GBCS message: AES-128-GMAC over the security header, a zero octet and everything
 * from the grouping header to the end of the signature field (GBCS section 4.3.3.3).
 */
public final class MessageMac {
  /** Length of the MAC on the wire. */
  public static final int OCTETS = 12;

  /** Length of the whole GMAC tag, whose end makes a prepayment token. */
  public static final int FULL_TAG_OCTETS = 16;

  private static final byte[] SECURITY_HEADER_AND_ZERO = {0x11, 0, 0, 0, 0, 0};

  private MessageMac() {}

  /**
   * The twelve octets of the MAC.
   *
   * @param groupedAndSigned from the octet DF to the end of the signature field, as it is sent
   */
  public static Octets compute(DerivedKey key, Octets groupedAndSigned) {
    return Octets.of(fullTag(key, groupedAndSigned.toArray()), 0, OCTETS);
  }

  /**
   * Returns only if the MAC belongs to the octets.
   *
   * @param groupedAndSigned from the octet DF to the end of the signature field, as received
   * @throws VerificationException where it does not
   */
  public static void verify(DerivedKey key, Octets groupedAndSigned, Octets mac)
      throws VerificationException {
    byte[] expected = Arrays.copyOf(fullTag(key, groupedAndSigned.toArray()), OCTETS);
    if (!MessageDigest.isEqual(expected, mac.toArray())) {
      throw new VerificationException("the MAC does not hold");
    }
  }

  /** All 16 octets of the tag over the security header, a zero octet and the content. */
  public static byte[] fullTag(DerivedKey key, byte[] content) {
    try {
      // A fresh cipher each time: providers refuse the same key and vector twice on one object.
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", CryptoProviders.aesGcm());
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key.key(),
          new GCMParameterSpec(8 * FULL_TAG_OCTETS, key.initializationVector()));
      cipher.updateAAD(SECURITY_HEADER_AND_ZERO);
      cipher.updateAAD(content);
      return cipher.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider cannot compute AES-GMAC", e);
    }
  }
}
