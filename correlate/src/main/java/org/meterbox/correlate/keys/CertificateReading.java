// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.crypto.P256;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.Octets;

/**
 * Reads what Parse and Correlate needs out of an SMKI certificate: the holder stands in the subject
 * of an organisation's certificate and in the alternative name of a device's (SMKI certificate
 * profiles). Neither issuer nor validity is checked here.
 */
public final class CertificateReading {
  /** The largest certificate that is read; SMKI certificates have about 400 octets. */
  public static final int MAX_OCTETS = 8_192;

  /** x500UniqueIdentifier as a BIT STRING of eight octets without unused bits. */
  private static final Pattern UNIQUE_IDENTIFIER =
      Pattern.compile("(?:^|[,+])2\\.5\\.4\\.45=#030900([0-9a-fA-F]{16})(?:$|[,+])");

  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  private static final Octets HARDWARE_MODULE_NAME = Octets.ofHex("06082B06010505070804");
  private static final int KEY_USAGE_DIGITAL_SIGNATURE = 0;
  private static final int KEY_USAGE_KEY_AGREEMENT = 4;

  private CertificateReading() {}

  /**
   * Reads a certificate.
   *
   * @param der the X.509 certificate
   * @throws CertificateException where it is none, or none of SMKI's
   */
  public static PartyCertificate read(byte[] der) throws CertificateException {
    X509Certificate certificate = certificate(der);
    try {
      return new PartyCertificate(
          holder(certificate),
          use(certificate),
          P256.publicKey(certificate.getPublicKey()),
          certificate.getIssuerX500Principal().getName(),
          certificate.getSerialNumber(),
          Octets.of(certificate.getEncoded()));
    } catch (IllegalArgumentException otherKey) {
      throw new CertificateException("the certified key is no public key of P-256", otherKey);
    }
  }

  /**
   * Whether a certificate is one of a key for this use; a key for prepayment tokens agrees on keys.
   *
   * @param der the X.509 certificate
   * @throws CertificateException where it is none
   */
  public static boolean isFor(KeyUse use, byte[] der) throws CertificateException {
    boolean[] usage = certificate(der).getKeyUsage();
    return usage != null
        && switch (use) {
          case DIGITAL_SIGNATURE -> usage[KEY_USAGE_DIGITAL_SIGNATURE];
          case KEY_AGREEMENT, PREPAYMENT_TOP_UP -> usage[KEY_USAGE_KEY_AGREEMENT];
        };
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    if (der.length > MAX_OCTETS) {
      throw new CertificateException(
          String.format(Locale.ROOT, "a certificate has at most %d octets", MAX_OCTETS));
    }
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static KeyUse use(X509Certificate certificate) throws CertificateException {
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && usage[KEY_USAGE_KEY_AGREEMENT]) {
      return KeyUse.KEY_AGREEMENT;
    }
    if (usage != null && usage[KEY_USAGE_DIGITAL_SIGNATURE]) {
      return KeyUse.DIGITAL_SIGNATURE;
    }
    throw new CertificateException("the key is neither for signatures nor for key agreement");
  }

  private static Eui64 holder(X509Certificate certificate) throws CertificateException {
    Matcher organisation =
        UNIQUE_IDENTIFIER.matcher(certificate.getSubjectX500Principal().getName());
    if (organisation.find()) {
      return Eui64.parse(organisation.group(1));
    }
    return device(certificate)
        .orElseThrow(
            () -> new CertificateException("the certificate names no holder by its EUI-64"));
  }

  /** The serial number of the hardware module name: OCTET STRING of eight octets (RFC 4108). */
  private static Optional<Eui64> device(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME);
    if (extension == null) {
      return Optional.empty();
    }
    try {
      OctetReader names = inside(inside(Octets.of(extension).reader(), 0x04), 0x30);
      OctetReader otherName = inside(names, 0xA0);
      if (!otherName.take(HARDWARE_MODULE_NAME.length()).equals(HARDWARE_MODULE_NAME)) {
        return Optional.empty();
      }
      OctetReader module = inside(inside(otherName, 0xA0), 0x30);
      inside(module, 0x06);
      OctetReader serialNumber = inside(module, 0x04);
      Eui64 holder = Eui64.read(serialNumber);
      serialNumber.expectEnd();
      return Optional.of(holder);
    } catch (DecodeException otherForm) {
      return Optional.empty();
    }
  }

  private static OctetReader inside(OctetReader reader, int tag) throws DecodeException {
    reader.expect(tag, "the tag");
    return reader.slice(BerLength.read(reader), String.format(Locale.ROOT, "%02X", tag));
  }
}
