// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;

/**
 * The AES-128 key for one message, derived from a static shared secret and the message's identity
 * (GBCS section 4.3.3.2: one-pass SHA-256 over 00000001, Z and 33 octets of other info). Because
 * the initialization vector is constant per originator, the counter in the message's identity must
 * never repeat.
 */
public final class DerivedKey {
  private static final byte[] ALGORITHM_ID = {0x60, (byte) 0x85, 0x74, 0x06, 0x08, 0x03, 0x00};
  private static final int OTHER_INFO_OCTETS = 33;

  private final SecretKey key;
  private final Eui64 originator;

  private DerivedKey(SecretKey key, Eui64 originator) {
    this.key = key;
    this.originator = originator;
  }

  /**
   * Derives the key of a message.
   *
   * @param identity originator, recipient and counter as the purpose demands: the message header's,
   *     or for encryption to an Unknown Remote Party the supplementary values
   */
  public static DerivedKey derive(SharedSecret secret, KeyPurpose purpose, MessageId identity) {
    byte[] input = new byte[4 + 32 + OTHER_INFO_OCTETS];
    input[3] = 1;
    System.arraycopy(secret.octets(), 0, input, 4, 32);
    byte[] otherInfo = otherInfo(purpose, identity);
    System.arraycopy(otherInfo, 0, input, 36, OTHER_INFO_OCTETS);
    byte[] hash = new byte[32];
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256", CryptoProviders.digest());
      digest.update(input);
      digest.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 gave another length than 32 octets", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider knows no SHA-256", e);
    }
    return new DerivedKey(new SecretKeySpec(hash, 0, 16, "AES"), identity.originator());
  }

  /** The 33 octets that bind the key to algorithm, parties, purpose and counter. */
  static byte[] otherInfo(KeyPurpose purpose, MessageId identity) {
    byte[] info = new byte[OTHER_INFO_OCTETS];
    System.arraycopy(ALGORITHM_ID, 0, info, 0, 7);
    putLong(info, 7, identity.originator().value());
    info[15] = 9;
    info[16] = (byte) purpose.flag();
    putLong(info, 17, identity.counter().value());
    putLong(info, 25, identity.target().value());
    return info;
  }

  SecretKey key() {
    return key;
  }

  /** Originator EUI-64 followed by four zero octets. */
  byte[] initializationVector() {
    byte[] iv = new byte[12];
    putLong(iv, 0, originator.value());
    return iv;
  }

  @Override
  public String toString() {
    return "DerivedKey[redacted]";
  }

  private static void putLong(byte[] target, int offset, long value) {
    for (int i = 0; i < 8; i++) {
      target[offset + i] = (byte) (value >>> (56 - 8 * i));
    }
  }
}
