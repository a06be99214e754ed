// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import org.meterbox.kernel.Octets;

/**
 * Hides a public key until its symmetric key is revealed: AES key wrap with padding (RFC 5649) of
 * the SubjectPublicKeyInfo, as the contingency key stands in a root's certificate (RFC 5934).
 */
public final class PublicKeyWrap {
  /** Wrapped octets come in blocks, of which the first holds the check value (RFC 5649). */
  private static final int BLOCK_OCTETS = 8;

  private static final String KEY_WRAP = "AES/KWP/NoPadding";

  private PublicKeyWrap() {}

  /** Hides a key on P-256. */
  public static Octets wrap(ECPublicKey key, SecretKey wrapping) {
    try {
      return Octets.of(cipher(Cipher.ENCRYPT_MODE, wrapping).doFinal(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot wrap keys with AES", e);
    }
  }

  /** The hidden key; empty where it was hidden with another symmetric key, or is none on P-256. */
  public static Optional<ECPublicKey> unwrap(Octets wrapped, SecretKey wrapping) {
    if (wrapped.length() < 2 * BLOCK_OCTETS || wrapped.length() % BLOCK_OCTETS != 0) {
      // The JDK's cipher takes such a length for a negative one.
      return Optional.empty();
    }
    try {
      byte[] key = cipher(Cipher.DECRYPT_MODE, wrapping).doFinal(wrapped.toArray());
      return Optional.of(
          P256.publicKey(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key))));
    } catch (BadPaddingException
        | IllegalBlockSizeException
        | InvalidKeyException
        | InvalidKeySpecException
        | IllegalArgumentException otherKey) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot unwrap keys with AES", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey wrapping) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(KEY_WRAP);
    cipher.init(mode, wrapping);
    return cipher;
  }
}
