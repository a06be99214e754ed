// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * The port to the SMKI Repository. Certificates enter once and never leave; only their status
 * changes. Lists come newest first (latest start of validity, then latest added) and are cut at
 * {@link #RESULTS_MAX}.
 */
public interface CertificateRepository {
  /** Most certificates that one search returns. */
  int RESULTS_MAX = 1000;

  /** What became of an {@link #add}. */
  enum Addition {
    /** The certificate is in the repository now. */
    ADDED,
    /** The very same certificate was there before; nothing changed, its status neither. */
    ALREADY_PRESENT,
    /** Another certificate has this issuer and serial number; nothing changed. */
    OTHER_WITH_SAME_ID,
    /** The key is certified already and this addition wanted a fresh one; nothing changed. */
    KEY_USED_BEFORE
  }

  /**
   * Takes in a certificate made elsewhere, whatever key it holds.
   *
   * @throws IllegalArgumentException where it is marked as revoked: that happens here only
   */
  Addition add(CertificateRecord added);

  /**
   * Takes in a certificate only if no other one holds the same public key.
   *
   * @throws IllegalArgumentException where it is marked as revoked
   */
  Addition addWithFreshKey(CertificateRecord added);

  /** The certificate with this issuer and serial number. */
  Optional<CertificateRecord> find(CertificateId id);

  /** Certificates with this serial number, whoever issued them. */
  List<CertificateRecord> findBySerial(BigInteger serial);

  /** Certificates with this subject key identifier, for path building and trust anchor cells. */
  List<CertificateRecord> findByKeyIdentifier(Octets keyIdentifier);

  /** Certificates that meet every condition. */
  List<CertificateRecord> search(CertificateSearch search);

  /** Certificates of one organisation or device. */
  default List<CertificateRecord> findBySubject(Eui64 subject) {
    return search(CertificateSearch.of(subject));
  }

  /** Number of certificates that this authority issued, whatever their status. */
  long countIssuedBy(DistinguishedName issuer);

  /**
   * Takes seats below an issuing authority for devices, which serves a limited number: before a
   * certificate is signed, so that no two issuers ever take the same last one.
   *
   * @param wanted how many, at least 1
   * @param seatsMax how many the authority has altogether
   * @return how many were free and are taken now, from 0 to {@code wanted}
   */
  int takeSeats(DistinguishedName issuer, int wanted, int seatsMax);

  /** Gives seats back whose certificates were never issued. */
  void returnSeats(DistinguishedName issuer, int seats);

  /** Does something that only one of all processes may do at a time, such as open an authority. */
  <T> T alone(Supplier<T> work);

  /** Whether any certificate holds this public key. */
  boolean holdsKey(PublicKeyHash key);

  /**
   * Changes the status of a certificate that is not revoked.
   *
   * @return whether the certificate is known and not revoked
   * @throws IllegalArgumentException for {@link CertificateStatus#EXPIRED}, which is never stored,
   *     and for {@link CertificateStatus#REVOKED}: see {@link #revoke}
   */
  boolean changeStatus(CertificateId id, CertificateStatus status);

  /**
   * Puts a device's certificate into use in place of those that it had for the same use: at once,
   * so that there is never none and never two.
   *
   * @return whether the certificate is known, a device's, and not revoked
   */
  boolean putIntoUse(CertificateId id);

  /**
   * Takes a certificate back for good. Whether that is allowed is for {@code
   * org.meterbox.smki.revocation} to decide.
   *
   * @return whether the certificate is known and was not revoked before
   */
  boolean revoke(CertificateId id, Revocation revocation);

  /** When and why this certificate was taken back, if it was. */
  Optional<Revocation> revocationOf(CertificateId id);

  /** Everything that this authority has taken back, in the order of its taking back. */
  List<RevokedCertificate> revokedBy(DistinguishedName issuer);

  /**
   * Certificates in use or pending whose validity ends within a span, those that end first first.
   *
   * @param after the span's start, not part of it
   * @param until the span's end, part of it
   */
  List<CertificateRecord> endingBetween(Instant after, Instant until);
}
