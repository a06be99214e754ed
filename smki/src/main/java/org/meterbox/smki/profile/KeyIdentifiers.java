// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.meterbox.kernel.Octets;

/** Key identifiers as SMKI forms them: 8 octets. */
public final class KeyIdentifiers {
  /** Length of a key identifier. */
  public static final int OCTETS = 8;

  private KeyIdentifiers() {}

  /** Four bits 0100, then the low 60 bits of SHA-1 of the key (RFC 5280 section 4.2.1.2, way 2). */
  public static Octets of(PublicKey key) {
    return ofPoint(
        SubjectPublicKeyInfo.getInstance(key.getEncoded()).getPublicKeyData().getOctets());
  }

  /** The same for the octets of the point, as the certificate has them. */
  public static Octets ofPoint(byte[] point) {
    byte[] hash = sha1(point);
    byte[] identifier = Arrays.copyOfRange(hash, hash.length - OCTETS, hash.length);
    identifier[0] = (byte) (0x40 | (identifier[0] & 0x0F));
    return Octets.of(identifier);
  }

  /** SHA-1 names the key here, as RFC 5280 has it; nothing rests on its collision resistance. */
  private static byte[] sha1(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK knows no SHA-1", e);
    }
  }
}
