// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What a certificate of the SMKI says (SMKI certificate profiles): read, not verified.
 *
 * @param serialNumber unique with the issuer
 * @param issuer name of the authority that issued it
 * @param subject the holder's EUI-64: of an organisation from its name, of a device from the
 *     hardware module name; absent in an authority's certificate without one
 * @param role an organisation's role; absent for devices
 * @param keyUsage what the key is for
 * @param publicKey on P-256
 * @param subjectKeyId names the key
 * @param authorityKeyId names the issuer's key
 */
public record CertificateView(
    BigInteger serialNumber,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    Optional<Eui64> subject,
    Optional<RemotePartyRole> role,
    Optional<KeyUsage> keyUsage,
    ECPublicKey publicKey,
    Optional<Octets> subjectKeyId,
    Optional<Octets> authorityKeyId) {
  private static final String OID_SUBJECT_KEY_ID = "2.5.29.14";
  private static final String OID_KEY_USAGE = "2.5.29.15";
  private static final String OID_SUBJECT_ALT_NAME = "2.5.29.17";
  private static final String OID_AUTHORITY_KEY_ID = "2.5.29.35";
  private static final Octets X500_UNIQUE_IDENTIFIER = Octets.ofHex("55042D");
  private static final Octets ORGANIZATIONAL_UNIT = Octets.ofHex("55040B");
  private static final Octets HARDWARE_MODULE_NAME = Octets.ofHex("2B06010505070804");
  private static final int OID = 0x06;
  private static final int SET = 0x31;

  static CertificateView of(Octets octets) throws DecodeException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate certificate =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets.toArray()));
      Subject subject = subject(certificate);
      return new CertificateView(
          certificate.getSerialNumber(),
          certificate.getIssuerX500Principal().getName(),
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant(),
          subject.eui(),
          subject.role(),
          keyUsage(certificate),
          P256.publicKey(certificate.getPublicKey()),
          subjectKeyId(certificate),
          authorityKeyId(certificate));
    } catch (CertificateException e) {
      throw fault("this is no X.509 certificate");
    } catch (IllegalArgumentException otherKey) {
      throw fault("the key is not on P-256");
    }
  }

  private static DecodeException fault(String message) {
    return new DecodeException(Fault.UNEXPECTED_VALUE, 0, "certificate", message);
  }

  private record Subject(Optional<Eui64> eui, Optional<RemotePartyRole> role) {}

  private static Subject subject(X509Certificate certificate) throws DecodeException {
    Optional<DerReader> alternative = extension(certificate, OID_SUBJECT_ALT_NAME);
    if (alternative.isPresent()) {
      return new Subject(hardwareModule(alternative.get()), Optional.empty());
    }
    Optional<Eui64> eui = Optional.empty();
    Optional<RemotePartyRole> role = Optional.empty();
    DerReader name = reader(Octets.of(certificate.getSubjectX500Principal().getEncoded()));
    DerReader parts = name.sequence("subject");
    while (!parts.atEnd()) {
      DerReader part = parts.enter(SET, "name").sequence("attribute");
      Octets type = part.octets(OID, "type");
      if (type.equals(X500_UNIQUE_IDENTIFIER)) {
        OctetReader bits = part.octets(DerTag.BIT_STRING, "unique-identifier").reader();
        bits.expect(0, "the number of unused bits");
        eui = Optional.of(Eui64.read(bits));
      } else if (type.equals(ORGANIZATIONAL_UNIT)) {
        role = role(part.text("organizational-unit"));
      }
    }
    return new Subject(eui, role);
  }

  /**
   * SubjectAltName with one otherName: id-on-hardwareModuleName {type OID, serial OCTET STRING}.
   */
  private static Optional<Eui64> hardwareModule(DerReader extension) throws DecodeException {
    DerReader names = extension.sequence("subject-alt-name");
    DerReader otherName = names.enter(DerTag.constructed(0), "other-name");
    if (!otherName.octets(OID, "type").equals(HARDWARE_MODULE_NAME)) {
      return Optional.empty();
    }
    DerReader module =
        otherName.enter(DerTag.constructed(0), "value").sequence("hardware-module-name");
    module.octets(OID, "hardware-type");
    return Optional.of(module.eui("serial-number"));
  }

  /** Two hexadecimal digits: the code of the role. */
  private static Optional<RemotePartyRole> role(String organizationalUnit) {
    if (organizationalUnit.length() != 2) {
      return Optional.empty();
    }
    int high = Character.digit(organizationalUnit.charAt(0), 16);
    int low = Character.digit(organizationalUnit.charAt(1), 16);
    return high < 0 || low < 0 ? Optional.empty() : RemotePartyRole.ofCode(high << 4 | low);
  }

  private static Optional<KeyUsage> keyUsage(X509Certificate certificate) throws DecodeException {
    Optional<DerReader> extension = extension(certificate, OID_KEY_USAGE);
    return extension.isPresent() ? Optional.of(KeyUsage.read(extension.get())) : Optional.empty();
  }

  private static Optional<Octets> subjectKeyId(X509Certificate certificate) throws DecodeException {
    Optional<DerReader> extension = extension(certificate, OID_SUBJECT_KEY_ID);
    return extension.isPresent()
        ? Optional.of(extension.get().octets(DerTag.OCTET_STRING, "subject-key-id"))
        : Optional.empty();
  }

  private static Optional<Octets> authorityKeyId(X509Certificate certificate)
      throws DecodeException {
    Optional<DerReader> extension = extension(certificate, OID_AUTHORITY_KEY_ID);
    if (extension.isEmpty()) {
      return Optional.empty();
    }
    DerReader body = extension.get().sequence("authority-key-id");
    int keyIdentifier = DerTag.primitive(0);
    return body.optional(keyIdentifier, id -> id.octets(keyIdentifier, "key-identifier"));
  }

  /** The content of an extension, out of the octet string that wraps it. */
  private static Optional<DerReader> extension(X509Certificate certificate, String oid)
      throws DecodeException {
    byte @Nullable [] wrapped = certificate.getExtensionValue(oid);
    return wrapped == null
        ? Optional.empty()
        : Optional.of(reader(reader(Octets.of(wrapped)).octets(DerTag.OCTET_STRING, "extension")));
  }

  private static DerReader reader(Octets octets) {
    return new DerReader(octets.reader(), new LengthForms.Recorder());
  }
}
