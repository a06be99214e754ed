// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.meterbox.kernel.Octets;

/**
 * Encrypts and decrypts the sensitive parts of responses and alerts: AES-128-GCM with a 12-octet
 * tag over the additional data 31, written as {@code 31 00000000 ciphertext tag} (GBCS section 8).
 */
public final class SensitiveContent {
  /** Security header and tag around the ciphertext. */
  public static final int OVERHEAD_OCTETS = 17;

  private static final byte[] SECURITY_HEADER = {0x31, 0, 0, 0, 0};
  private static final byte[] ADDITIONAL_DATA = {0x31};
  private static final int TAG_BITS = 96;

  private SensitiveContent() {}

  /** The encrypted block of a plain text. */
  public static Octets encrypt(DerivedKey key, Octets plainText) {
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key).doFinal(plainText.toArray());
      return Octets.of(SECURITY_HEADER).concat(Octets.of(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider cannot encrypt with AES-GCM", e);
    }
  }

  /**
   * The plain text of an encrypted block.
   *
   * @throws VerificationException where the block is not intact or not for this key
   */
  public static Octets decrypt(DerivedKey key, Octets block) throws VerificationException {
    boolean wellFormed =
        block.length() >= OVERHEAD_OCTETS
            && block.slice(0, SECURITY_HEADER.length).equals(Octets.of(SECURITY_HEADER));
    if (!wellFormed) {
      throw new VerificationException("not an encrypted block: it must start with 3100000000");
    }
    byte[] sealed = block.slice(SECURITY_HEADER.length, block.length()).toArray();
    try {
      return Octets.of(cipher(Cipher.DECRYPT_MODE, key).doFinal(sealed));
    } catch (AEADBadTagException notAuthentic) {
      throw new VerificationException("the encrypted content is not intact or not for this key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider cannot decrypt with AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, DerivedKey key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", CryptoProviders.aesGcm());
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, key.initializationVector()));
    cipher.updateAAD(ADDITIONAL_DATA);
    return cipher;
  }
}
