// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.CertificateView;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * The way from a new certificate to the root that a device trusts, over certificates of issuing
 * authorities that a command brings (GBCS CS02b; RFC 5280 section 6 as far as a device goes: names,
 * key identifiers, signatures, what an authority may do, and dates where they are to be applied).
 * Devices read no revocation lists.
 */
public final class CertificationPath {
  /** Certificates of authorities that a command may bring; requests bring one to three. */
  public static final int MAX_CERTIFICATES = 8;

  private static final int DIGITAL_SIGNATURE_BIT = 0;
  private static final int CERT_SIGN_BIT = 5;

  private final Issuer root;
  private final List<Link> authorities;
  private final Optional<Instant> datesAt;

  /** A certificate with what the links of a path compare. */
  private record Link(X509Certificate certificate, CertificateView view) {}

  /** Who may have issued a certificate. */
  private record Issuer(String name, Optional<Octets> keyId, PublicKey key) {
    static Issuer of(Link link) {
      return new Issuer(
          link.certificate().getSubjectX500Principal().getName(),
          link.view().subjectKeyId(),
          link.view().publicKey());
    }
  }

  private CertificationPath(Issuer root, List<Link> authorities, Optional<Instant> datesAt) {
    this.root = root;
    this.authorities = authorities;
    this.datesAt = datesAt;
  }

  /**
   * The paths to a root. Certificates that are none, or not an authority's, lead nowhere.
   *
   * @param datesAt the time at which all certificates of a path must be valid; empty where dates
   *     are not to be applied
   */
  public static CertificationPath to(
      PartyCertificate root, List<Certificate> authorities, Optional<Instant> datesAt) {
    List<Link> links = new ArrayList<>();
    for (Certificate authority : authorities) {
      link(authority.octets()).filter(CertificationPath::mayIssue).ifPresent(links::add);
    }
    Issuer issuer =
        link(root.der())
            .map(Issuer::of)
            .orElseThrow(() -> new IllegalStateException("the root's cell holds no certificate"));
    return new CertificationPath(issuer, links, datesAt);
  }

  /** Whether the certificate's own dates hold, where they are to be applied. */
  public boolean isInForce(Octets certificate) {
    return link(certificate).filter(this::isInForce).isPresent();
  }

  /** Whether a path leads from the certificate to the root. */
  public boolean leadsFrom(Octets certificate) {
    return link(certificate).filter(link -> leadsFrom(link, authorities, 0)).isPresent();
  }

  /**
   * Whether the root has certified the key of a certificate that signed itself: the one way in
   * which a root may be replaced while its key is still trusted.
   */
  public boolean certifiesNewRoot(Octets newRoot) {
    Optional<Link> self = link(newRoot).filter(CertificationPath::isSelfSigned);
    return self.isPresent()
        && authorities.stream()
            .filter(link -> link.view().publicKey().equals(self.get().view().publicKey()))
            .filter(this::isInForce)
            .anyMatch(link -> isIssuedBy(link, root));
  }

  /** Whether a certificate is that of an authority which signed it itself. */
  public static boolean isSelfSigned(Octets certificate) {
    return link(certificate).filter(CertificationPath::isSelfSigned).isPresent();
  }

  private static boolean isSelfSigned(Link link) {
    return mayIssue(link) && isIssuedBy(link, Issuer.of(link));
  }

  private boolean leadsFrom(Link link, List<Link> unused, int authoritiesBelow) {
    if (link.certificate().hasUnsupportedCriticalExtension() || !isInForce(link)) {
      return false;
    }
    if (isIssuedBy(link, root)) {
      return true;
    }
    for (Link authority : unused) {
      boolean longEnough = authority.certificate().getBasicConstraints() >= authoritiesBelow;
      if (longEnough && isIssuedBy(link, Issuer.of(authority))) {
        List<Link> left = new ArrayList<>(unused);
        left.remove(authority);
        if (leadsFrom(authority, left, authoritiesBelow + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isInForce(Link link) {
    return datesAt
        .map(at -> !at.isBefore(link.view().notBefore()) && !at.isAfter(link.view().notAfter()))
        .orElse(true);
  }

  private static boolean mayIssue(Link link) {
    return link.certificate().getBasicConstraints() >= 0
        && link.view()
            .keyUsage()
            .filter(usage -> usage.has(CERT_SIGN_BIT) && !usage.has(DIGITAL_SIGNATURE_BIT))
            .isPresent();
  }

  private static boolean isIssuedBy(Link link, Issuer issuer) {
    boolean namesIssuer =
        link.certificate().getIssuerX500Principal().getName().equals(issuer.name());
    boolean namesKey =
        link.view()
            .authorityKeyId()
            .map(keyId -> issuer.keyId().filter(keyId::equals).isPresent())
            .orElse(true);
    if (!namesIssuer || !namesKey) {
      return false;
    }
    try {
      link.certificate().verify(issuer.key());
      return true;
    } catch (GeneralSecurityException anothersSignature) {
      return false;
    }
  }

  private static Optional<Link> link(Octets der) {
    if (der.length() > PartyCertificate.MAX_OCTETS) {
      return Optional.empty();
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.toArray()));
      return Optional.of(new Link(certificate, new Certificate(der).view()));
    } catch (CertificateException | DecodeException notOfProfile) {
      return Optional.empty();
    }
  }
}
