// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.validation;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.SignatureDer;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.DateRule;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.validation.Verdict.Distrusted;
import org.meterbox.smki.validation.Verdict.Trusted;

/**
 * Follows a certificate through the hierarchy that its kind belongs to: end entity, issuing
 * authority, root. Names and key identifiers lead from one to the next, signatures prove it. The
 * hierarchies are two deep, so there is no general path building here.
 */
public final class CertificateValidator {
  private final CertificateRepository repository;
  private final Set<X509Certificate> roots;
  private final DateRule dates;

  /**
   * Believes what leads to these roots.
   *
   * @param repository knows the authorities and what was revoked
   */
  public CertificateValidator(
      CertificateRepository repository, Collection<X509Certificate> roots, DateRule dates) {
    this.repository = repository;
    this.roots = Set.copyOf(roots);
    this.dates = dates;
  }

  /** Judges a certificate as of this moment. */
  public Verdict validate(X509Certificate certificate, Instant moment) {
    List<X509Certificate> chain = new ArrayList<>();
    X509Certificate current = certificate;
    while (true) {
      CertificateContents contents;
      try {
        contents = CertificateContents.read(current);
      } catch (DecodeException malformed) {
        return new Distrusted(ValidationRule.FORM, malformed.getMessage());
      }
      Optional<Distrusted> fault = standing(current, moment);
      if (fault.isPresent()) {
        return fault.get();
      }
      chain.add(current);
      Optional<CertificateKind> issuerKind = issuerOf(contents.kind());
      if (issuerKind.isEmpty()) {
        return roots.contains(current)
            ? new Trusted(chain)
            : new Distrusted(ValidationRule.ROOT, name(current) + " is not a trusted root");
      }
      List<X509Certificate> candidates = candidates(current, contents, issuerKind.get());
      if (candidates.isEmpty()) {
        return new Distrusted(
            ValidationRule.ISSUER,
            String.format(
                Locale.ROOT,
                "no %s by the name and key that %s gives",
                issuerKind.get(),
                name(current)));
      }
      Optional<X509Certificate> issuer = signerAmong(candidates, current);
      if (issuer.isEmpty()) {
        return new Distrusted(ValidationRule.SIGNATURE, "its issuer did not sign " + name(current));
      }
      current = issuer.get();
    }
  }

  /** Dates and revocation of one certificate in the chain. */
  private Optional<Distrusted> standing(X509Certificate certificate, Instant moment) {
    boolean inTime =
        !moment.isBefore(certificate.getNotBefore().toInstant())
            && !moment.isAfter(certificate.getNotAfter().toInstant());
    if (dates == DateRule.ENFORCED && !inTime) {
      return Optional.of(
          new Distrusted(
              ValidationRule.DATES,
              String.format(
                  Locale.ROOT,
                  "%s is valid from %s to %s",
                  name(certificate),
                  certificate.getNotBefore().toInstant(),
                  certificate.getNotAfter().toInstant())));
    }
    Optional<Revocation> revocation = repository.revocationOf(CertificateId.of(certificate));
    return revocation.map(found ->
        new Distrusted(
            ValidationRule.REVOCATION,
            String.format(
                Locale.ROOT,
                "%s was revoked at %s: %s",
                name(certificate),
                found.at(),
                found.reason())));
  }

  private List<X509Certificate> candidates(
      X509Certificate certificate, CertificateContents contents, CertificateKind issuerKind) {
    DistinguishedName issuer = DistinguishedName.of(certificate.getIssuerX500Principal());
    return contents.authorityKeyIdentifier().stream()
        .flatMap(identifier -> repository.findByKeyIdentifier(identifier).stream())
        .filter(found -> found.kind() == issuerKind)
        .map(CertificateRecord::certificate)
        .filter(found -> DistinguishedName.of(found.getSubjectX500Principal()).equals(issuer))
        .toList();
  }

  private static Optional<X509Certificate> signerAmong(
      List<X509Certificate> candidates, X509Certificate certificate) {
    Optional<EcdsaSignature> signature = SignatureDer.decode(certificate.getSignature());
    if (signature.isEmpty()
        || !certificate.getSigAlgOID().equals(X9ObjectIdentifiers.ecdsa_with_SHA256.getId())) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(candidate -> isSignedBy(candidate, certificate, signature.get()))
        .findFirst();
  }

  private static boolean isSignedBy(
      X509Certificate issuer, X509Certificate certificate, EcdsaSignature signature) {
    try {
      Signatures.verify(
          P256.publicKey(issuer.getPublicKey()), certificate.getTBSCertificate(), signature);
      return true;
    } catch (VerificationException forged) {
      return false;
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has no encoding", e);
    }
  }

  /** Which kind of authority issues this kind of certificate; none issues a root. */
  private static Optional<CertificateKind> issuerOf(CertificateKind kind) {
    return switch (kind) {
      case ROOT_OCA, ROOT_DCA, IKI_ROOT, DCCKI_ROOT -> Optional.empty();
      case ISSUING_OCA -> Optional.of(CertificateKind.ROOT_OCA);
      case ORGANISATION -> Optional.of(CertificateKind.ISSUING_OCA);
      case ISSUING_DCA -> Optional.of(CertificateKind.ROOT_DCA);
      case DEVICE -> Optional.of(CertificateKind.ISSUING_DCA);
      case IKI_ISSUING -> Optional.of(CertificateKind.IKI_ROOT);
      case IKI_CREDENTIAL -> Optional.of(CertificateKind.IKI_ISSUING);
      case DCCKI_INFRASTRUCTURE_CA, DCCKI_USER_CA -> Optional.of(CertificateKind.DCCKI_ROOT);
      case DCCKI_INFRASTRUCTURE -> Optional.of(CertificateKind.DCCKI_INFRASTRUCTURE_CA);
      case DCCKI_USER -> Optional.of(CertificateKind.DCCKI_USER_CA);
    };
  }

  private static String name(X509Certificate certificate) {
    return CertificateId.of(certificate).toString();
  }
}
