// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyIdentifiers;
import org.meterbox.smki.profile.SignatureDer;

/**
 * What all certificates of one device profile, authority and second have in common, as octets. They
 * differ in serial number, device, key and key identifier, each of a fixed length, and in the
 * signature. The pattern is made by {@link CertificateMaking}, so there is one place that knows the
 * profiles; the variable parts are found in it by values that occur nowhere else.
 *
 * <pre>
 * Certificate ::= SEQUENCE { toBeSigned, signatureAlgorithm, BIT STRING }
 * toBeSigned: ... serial(16) ... point(65) ... keyIdentifier(8) ... device(8) ...
 * </pre>
 */
final class DeviceCertificateTemplate {
  private static final int POINT_OCTETS = 65;

  /** AlgorithmIdentifier of ecdsa-with-SHA256. */
  private static final byte[] ALGORITHM = {
    0x30, 0x0A, 0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02
  };

  private static final byte SEQUENCE = 0x30;
  private static final byte BIT_STRING = 0x03;
  private static final byte TWO_LENGTH_OCTETS = (byte) 0x82;

  /** Tag and length of a structure of 256 to 65,535 octets. */
  private static final int LONG_HEADER_OCTETS = 4;

  private final Instant notBefore;
  private final byte[] pattern;
  private final int serialAt;
  private final int pointAt;
  private final int keyIdentifierAt;
  private final int deviceAt;

  private DeviceCertificateTemplate(Instant notBefore, byte[] pattern, Marks marks) {
    this.notBefore = notBefore;
    this.pattern = pattern;
    serialAt = onlyPlace(pattern, marks.serial().toArray());
    pointAt = onlyPlace(pattern, marks.point().toArray());
    keyIdentifierAt = onlyPlace(pattern, marks.keyIdentifier().toArray());
    deviceAt = onlyPlace(pattern, marks.device().toArray());
  }

  /** Values that stand in the pattern for those of a certificate. */
  private record Marks(Octets serial, Octets point, Octets keyIdentifier, Octets device) {}

  /** The template for certificates of this second. */
  static DeviceCertificateTemplate of(
      CertificateProfile profile,
      X509Certificate issuer,
      SigningKey issuerKey,
      Instant now,
      SecureRandom random) {
    KeyPair pair = P256.generate(random);
    ECPublicKey holder = P256.publicKey(pair.getPublic());
    Eui64 device = new Eui64(random.nextLong());
    var serial = CertificateAuthority.newSerial(random);
    X509Certificate unsigned =
        new CertificateMaking(profile, new CertificateSubject.Device(device), holder, now, serial)
            .issuedBy(issuer, new NoSignature(issuerKey.publicKey()));
    try {
      return new DeviceCertificateTemplate(
          CertificateProfile.startingAt(now),
          unsigned.getTBSCertificate(),
          new Marks(
              Octets.of(serial.toByteArray()),
              Octets.of(point(holder.getEncoded())),
              KeyIdentifiers.of(holder),
              device.octets()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of our own making has no encoding", e);
    }
  }

  /** Whether certificates made now start when this template says. */
  boolean isOf(Instant now) {
    return notBefore.equals(CertificateProfile.startingAt(now));
  }

  /** The octets under the signature. */
  byte[] toBeSigned(byte[] serial, Eui64 device, byte[] encodedKey) {
    byte[] filled = pattern.clone();
    byte[] point = point(encodedKey);
    System.arraycopy(serial, 0, filled, serialAt, CertificateAuthority.SERIAL_OCTETS);
    System.arraycopy(point, 0, filled, pointAt, POINT_OCTETS);
    System.arraycopy(
        KeyIdentifiers.ofPoint(point).toArray(), 0, filled, keyIdentifierAt, KeyIdentifiers.OCTETS);
    ByteBuffer.wrap(filled, deviceAt, Long.BYTES).putLong(device.value());
    return filled;
  }

  /** The certificate in DER. */
  static Octets assemble(byte[] toBeSigned, EcdsaSignature signature) {
    byte[] signed = SignatureDer.encode(signature);
    int contentOctets = toBeSigned.length + ALGORITHM.length + 3 + signed.length;
    ByteBuffer certificate = ByteBuffer.allocate(LONG_HEADER_OCTETS + contentOctets);
    certificate.put(SEQUENCE).put(TWO_LENGTH_OCTETS).putShort((short) contentOctets);
    certificate.put(toBeSigned).put(ALGORITHM);
    // A signature has at most 72 octets, so one octet says its length; no bits are unused.
    certificate.put(BIT_STRING).put((byte) (signed.length + 1)).put((byte) 0).put(signed);
    return Octets.of(certificate.array());
  }

  /** The uncompressed point that ends the canonical encoding of a key. */
  static byte[] point(byte[] encodedKey) {
    return Arrays.copyOfRange(encodedKey, encodedKey.length - POINT_OCTETS, encodedKey.length);
  }

  private static int onlyPlace(byte[] whole, byte[] part) {
    int found = -1;
    for (int at = 0; at + part.length <= whole.length; at++) {
      if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
        if (found >= 0) {
          throw new IllegalStateException("a mark of 8 or more random octets occurs twice");
        }
        found = at;
      }
    }
    if (found < 0) {
      throw new IllegalStateException("a certificate without one of its variable parts");
    }
    return found;
  }

  /** Stands in for the issuer where nothing is to be signed. */
  private record NoSignature(ECPublicKey publicKey) implements SigningKey {
    private static final int ORDINARY = 1;

    @Override
    public EcdsaSignature sign(byte[] content) {
      byte[] numbers = new byte[EcdsaSignature.OCTETS];
      Arrays.fill(numbers, (byte) ORDINARY);
      return new EcdsaSignature(Octets.of(numbers));
    }
  }
}
