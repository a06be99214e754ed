// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What a certificate says, in the domain's words.
 *
 * @param kind what it stands for
 * @param subject the organisation or device; authorities have none
 * @param role the role in the organizational unit, where there is one
 * @param commonName the common name, where there is one
 * @param use the one purpose of the key
 * @param keyIdentifier the subject key identifier
 * @param authorityKeyIdentifier the issuer's key identifier, where it is given
 */
public record CertificateContents(
    CertificateKind kind,
    Optional<Eui64> subject,
    Optional<RemotePartyRole> role,
    Optional<String> commonName,
    KeyUse use,
    Octets keyIdentifier,
    Optional<Octets> authorityKeyIdentifier) {

  /** RFC 5280 section 4.1.2.2: 20 octets. */
  private static final int SERIAL_BITS_MAX = 160;

  private static final int DIGITAL_SIGNATURE_BIT = 0;
  private static final int KEY_AGREEMENT_BIT = 4;
  private static final int CERTIFICATE_SIGNING_BIT = 5;
  private static final int CRL_SIGNING_BIT = 6;

  /**
   * Reads a certificate of any of the infrastructures.
   *
   * @throws DecodeException where it fits none of the profiles' forms
   */
  public static CertificateContents read(X509Certificate certificate) throws DecodeException {
    BigInteger serial = certificate.getSerialNumber();
    if (serial.signum() <= 0 || serial.bitLength() > SERIAL_BITS_MAX) {
      throw refused("Certificate.serialNumber", "not positive, or more than 20 octets");
    }
    try {
      X500Name name = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      Optional<Eui64> device = hardwareModule(certificate);
      Optional<Eui64> organisation = SubjectNames.uniqueIdentifier(name);
      Optional<RemotePartyRole> role = SubjectNames.role(name);
      return new CertificateContents(
          kind(certificate, role, device.isPresent()),
          device.isPresent() ? device : organisation,
          role,
          SubjectNames.commonName(name),
          use(certificate),
          keyIdentifier(certificate),
          authorityKeyIdentifier(certificate));
    } catch (IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | IndexOutOfBoundsException malformed) {
      throw refused("Certificate", "an extension or a name is not well-formed DER");
    }
  }

  private static CertificateKind kind(
      X509Certificate certificate, Optional<RemotePartyRole> role, boolean device)
      throws DecodeException {
    boolean authority = certificate.getBasicConstraints() >= 0;
    boolean root =
        authority
            && certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    Optional<ASN1ObjectIdentifier> policy = policy(certificate);
    if (policy.equals(Optional.of(Policies.IKI))) {
      return root
          ? CertificateKind.IKI_ROOT
          : authority ? CertificateKind.IKI_ISSUING : CertificateKind.IKI_CREDENTIAL;
    }
    if (policy.equals(Optional.of(Policies.DCCKI_ROOT)) && root) {
      return CertificateKind.DCCKI_ROOT;
    }
    if (policy.equals(Optional.of(Policies.DCCKI_INFRASTRUCTURE))) {
      return authority
          ? CertificateKind.DCCKI_INFRASTRUCTURE_CA
          : CertificateKind.DCCKI_INFRASTRUCTURE;
    }
    if (policy.equals(Optional.of(Policies.DCCKI_USER))) {
      return authority ? CertificateKind.DCCKI_USER_CA : CertificateKind.DCCKI_USER;
    }
    if (authority) {
      return smkiAuthority(root, role.isPresent());
    }
    if (device || role.isPresent()) {
      return device ? CertificateKind.DEVICE : CertificateKind.ORGANISATION;
    }
    throw refused("Certificate.subject", "neither a role nor a device's identifier");
  }

  /** Authorities for organisations name a role, those for devices do not. */
  private static CertificateKind smkiAuthority(boolean root, boolean hasRole) {
    if (hasRole) {
      return root ? CertificateKind.ROOT_OCA : CertificateKind.ISSUING_OCA;
    }
    return root ? CertificateKind.ROOT_DCA : CertificateKind.ISSUING_DCA;
  }

  private static KeyUse use(X509Certificate certificate) throws DecodeException {
    boolean[] bits = certificate.getKeyUsage();
    if (bits == null) {
      throw refused("Certificate.keyUsage", "there is none");
    }
    EnumSet<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
    for (int i = 0; i < bits.length; i++) {
      if (bits[i] && i != CRL_SIGNING_BIT) {
        uses.add(
            switch (i) {
              case DIGITAL_SIGNATURE_BIT -> KeyUse.DIGITAL_SIGNATURE;
              case KEY_AGREEMENT_BIT -> KeyUse.KEY_AGREEMENT;
              case CERTIFICATE_SIGNING_BIT -> KeyUse.CERTIFICATE_SIGNING;
              default -> throw refused("Certificate.keyUsage", "a purpose foreign to SMKI");
            });
      }
    }
    if (uses.size() != 1) {
      throw refused("Certificate.keyUsage", "not exactly one purpose");
    }
    return uses.iterator().next();
  }

  private static Optional<Eui64> hardwareModule(X509Certificate certificate)
      throws DecodeException {
    Optional<ASN1Primitive> extension = extension(certificate, Extension.subjectAlternativeName);
    return extension.isEmpty()
        ? Optional.empty()
        : SubjectNames.hardwareModule(GeneralNames.getInstance(extension.get()));
  }

  private static Octets keyIdentifier(X509Certificate certificate) throws DecodeException {
    Optional<ASN1Primitive> extension = extension(certificate, Extension.subjectKeyIdentifier);
    if (extension.isEmpty()) {
      throw refused("Certificate.subjectKeyIdentifier", "there is none");
    }
    return Octets.of(ASN1OctetString.getInstance(extension.get()).getOctets());
  }

  private static Optional<Octets> authorityKeyIdentifier(X509Certificate certificate)
      throws DecodeException {
    return extension(certificate, Extension.authorityKeyIdentifier)
        .map(found -> AuthorityKeyIdentifier.getInstance(found).getKeyIdentifierOctets())
        .map(Octets::of);
  }

  private static Optional<ASN1ObjectIdentifier> policy(X509Certificate certificate)
      throws DecodeException {
    Optional<ASN1Primitive> extension = extension(certificate, Extension.certificatePolicies);
    if (extension.isEmpty()) {
      return Optional.empty();
    }
    PolicyInformation[] policies =
        CertificatePolicies.getInstance(extension.get()).getPolicyInformation();
    return policies.length == 0 ? Optional.empty() : Optional.of(policies[0].getPolicyIdentifier());
  }

  private static Optional<ASN1Primitive> extension(
      X509Certificate certificate, ASN1ObjectIdentifier type) throws DecodeException {
    byte[] wrapped = certificate.getExtensionValue(type.getId());
    if (wrapped == null) {
      return Optional.empty();
    }
    try {
      byte[] content = ASN1OctetString.getInstance(wrapped).getOctets();
      return Optional.of(ASN1Primitive.fromByteArray(content));
    } catch (IOException e) {
      throw refused("Certificate.extension " + type.getId(), "not well-formed DER");
    }
  }

  private static DecodeException refused(String path, String message) {
    return new DecodeException(Fault.UNEXPECTED_VALUE, 0, path, message);
  }
}
