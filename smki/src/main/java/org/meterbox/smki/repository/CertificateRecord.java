// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Optional;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;

/**
 * One certificate as the SMKI Repository holds it.
 *
 * @param certificate the certificate, octet for octet as issued
 * @param contents what it says in the domain's words
 * @param cellUsage what a device may use it for; the certificate itself does not say
 * @param status never {@link CertificateStatus#EXPIRED}: ask {@link #statusAt}
 */
public record CertificateRecord(
    X509Certificate certificate,
    CertificateContents contents,
    CellUsage cellUsage,
    CertificateStatus status) {

  /** Refuses a stored expiry and a top-up usage of any but a key agreement certificate. */
  public CertificateRecord {
    if (status == CertificateStatus.EXPIRED) {
      throw new IllegalArgumentException("expiry follows from the clock and is never stored");
    }
    if (cellUsage == CellUsage.PREPAYMENT_TOP_UP && contents.use() != KeyUse.KEY_AGREEMENT) {
      throw new IllegalArgumentException("only a key agreement certificate serves top-ups");
    }
  }

  /** A certificate in use for management. */
  public static CertificateRecord inUse(X509Certificate certificate, CertificateContents contents) {
    return new CertificateRecord(
        certificate, contents, CellUsage.MANAGEMENT, CertificateStatus.IN_USE);
  }

  /** The same certificate with another status. */
  public CertificateRecord with(CertificateStatus newStatus) {
    return new CertificateRecord(certificate, contents, cellUsage, newStatus);
  }

  /** Issuer and serial number. */
  public CertificateId id() {
    return CertificateId.of(certificate);
  }

  /** The organisation or device that the certificate speaks of; authorities have none. */
  public Optional<Eui64> subject() {
    return contents.subject();
  }

  /** What the certificate stands for. */
  public CertificateKind kind() {
    return contents.kind();
  }

  /** The role of an organisation or of an organisation authority; devices have none. */
  public Optional<RemotePartyRole> role() {
    return contents.role();
  }

  /** The one purpose of the key. */
  public KeyUse use() {
    return contents.use();
  }

  /** The subject key identifier, 8 octets in SMKI. */
  public Octets keyIdentifier() {
    return contents.keyIdentifier();
  }

  /** The public key, ready for the chosen provider. */
  public ECPublicKey publicKey() {
    return P256.publicKey(certificate.getPublicKey());
  }

  /** The octets of the certificate (DER). */
  public Octets der() {
    return CertificateDer.encode(certificate);
  }

  /** First moment of validity. */
  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  /** Last moment of validity. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** Whether the validity covers this moment. Both ends belong to it (RFC 5280 section 4.1.2.5). */
  public boolean isValidAt(Instant moment) {
    return !moment.isBefore(notBefore()) && !moment.isAfter(notAfter());
  }

  /** The status at this moment: a certificate that was not revoked expires by itself. */
  public CertificateStatus statusAt(Instant moment) {
    return status != CertificateStatus.REVOKED && moment.isAfter(notAfter())
        ? CertificateStatus.EXPIRED
        : status;
  }
}
