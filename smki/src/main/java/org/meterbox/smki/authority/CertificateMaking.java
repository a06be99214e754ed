// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyIdentifiers;

/** One certificate in the making: a profile filled with a name and a key. */
record CertificateMaking(
    CertificateProfile profile,
    CertificateSubject subject,
    ECPublicKey holder,
    Instant now,
    BigInteger serial,
    List<Extension> further) {

  CertificateMaking(
      CertificateProfile profile,
      CertificateSubject subject,
      ECPublicKey holder,
      Instant now,
      BigInteger serial) {
    this(profile, subject, holder, now, serial, List.of());
  }

  /** The same with one more extension. */
  CertificateMaking with(Extension extension) {
    List<Extension> all = new ArrayList<>(further);
    all.add(extension);
    return new CertificateMaking(profile, subject, holder, now, serial, List.copyOf(all));
  }

  /** Signs as the holder of the issuer's certificate. */
  X509Certificate issuedBy(X509Certificate issuer, SigningKey issuerKey) {
    X500Name issuerName = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
    return sign(issuerName, issuerKey);
  }

  /** Signs as the holder of this very certificate. */
  X509Certificate selfIssued(SigningKey ownKey) {
    return sign(subject.distinguishedName(), ownKey);
  }

  private X509Certificate sign(X500Name issuer, SigningKey issuerKey) {
    Instant notBefore = CertificateProfile.startingAt(now);
    X509v3CertificateBuilder certificate =
        new X509v3CertificateBuilder(
            issuer,
            serial,
            Date.from(notBefore),
            Date.from(profile.lifetime().end(notBefore)),
            subject.distinguishedName(),
            SubjectPublicKeyInfo.getInstance(holder.getEncoded()));
    try {
      addExtensions(certificate, KeyIdentifiers.of(issuerKey.publicKey()));
      byte[] der = certificate.build(new AuthoritySigner(issuerKey)).getEncoded();
      return CertificateDer.decode(Octets.of(der));
    } catch (IOException | DecodeException e) {
      throw new IllegalStateException("a certificate of our own making does not encode", e);
    }
  }

  private void addExtensions(X509v3CertificateBuilder certificate, Octets issuerKeyIdentifier)
      throws CertIOException {
    switch (profile.constraint()) {
      case ROOT ->
          certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      case ISSUING ->
          certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      case END_ENTITY -> {}
    }
    certificate.addExtension(Extension.keyUsage, true, keyUsage());
    if (!profile.purposes().isEmpty()) {
      certificate.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(profile.purposes().toArray(KeyPurposeId[]::new)));
    }
    certificate.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new SubjectKeyIdentifier(KeyIdentifiers.of(holder).toArray()));
    boolean nameless = subject.distinguishedName().getRDNs().length == 0;
    if (subject.alternativeName().isPresent()) {
      ASN1Encodable names = subject.alternativeName().get();
      certificate.addExtension(Extension.subjectAlternativeName, nameless, names);
    }
    certificate.addExtension(
        Extension.certificatePolicies,
        true,
        new CertificatePolicies(new PolicyInformation(profile.policy())));
    certificate.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(issuerKeyIdentifier.toArray()));
    for (Extension extension : further) {
      certificate.addExtension(extension);
    }
  }

  private KeyUsage keyUsage() {
    return new KeyUsage(
        switch (profile.use()) {
          case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
          case KEY_AGREEMENT -> KeyUsage.keyAgreement;
          case CERTIFICATE_SIGNING -> KeyUsage.keyCertSign | KeyUsage.cRLSign;
        });
  }
}
