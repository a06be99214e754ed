// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.RevokedCertificate;

/**
 * Signs revocation lists: at once after a revocation, and on schedule so that no list in force
 * grows old. A root's list is an authority revocation list. Issuing authorities for devices sign
 * none, since devices' certificates are never revoked.
 */
public final class RevocationLists {
  /** How often an issuing authority signs a list (SMKI, from memory: 12 hours). */
  public static final Duration ISSUING_PERIOD = Duration.ofHours(12);

  /** How long such a list holds: a missed turn leaves the next one time. */
  public static final Duration ISSUING_VALIDITY = Duration.ofHours(24);

  /** How often a root signs a list, a month before the last one ends. */
  public static final Duration ROOT_PERIOD = Duration.ofDays(335);

  /** How long such a list holds (SMKI, from memory: a year). */
  public static final Duration ROOT_VALIDITY = Duration.ofDays(365);

  /** Tries of one list before another process that always is faster counts as a fault. */
  private static final int ATTEMPTS_MAX = 10;

  private final Authorities authorities;
  private final CertificateRepository repository;
  private final RevocationListStore store;
  private final InstantSource clock;

  /** Signs for these authorities what the repository says. */
  public RevocationLists(
      Authorities authorities,
      CertificateRepository repository,
      RevocationListStore store,
      InstantSource clock) {
    this.authorities = authorities;
    this.repository = repository;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Signs every list that is due: the first one, one with news, or one whose period is over. To be
   * called after each revocation and by a timer, at least hourly.
   *
   * @return the lists that were signed
   */
  public List<SignedRevocationList> signDue() {
    List<SignedRevocationList> signed = new ArrayList<>();
    for (CertificateAuthority authority : authorities.all()) {
      if (signsLists(authority.kind())) {
        signIfDue(authority).ifPresent(signed::add);
      }
    }
    return List.copyOf(signed);
  }

  /** The list in force of an authority, once {@link #signDue} ran for the first time. */
  public Optional<SignedRevocationList> latest(CertificateAuthority authority) {
    return store.latest(nameOf(authority));
  }

  private Optional<SignedRevocationList> signIfDue(CertificateAuthority authority) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Optional<SignedRevocationList> latest = latest(authority);
      List<RevokedCertificate> revoked = repository.revokedBy(nameOf(authority));
      Instant now = CertificateProfile.startingAt(clock.instant());
      if (!isDue(latest, revoked.size(), now, period(authority))) {
        return Optional.empty();
      }
      long number = latest.map(SignedRevocationList::number).orElse(0L) + 1;
      Instant nextUpdate = now.plus(validity(authority));
      SignedRevocationList list =
          new SignedRevocationList(
              nameOf(authority),
              number,
              now,
              nextUpdate,
              revoked.size(),
              authority.signRevocationList(number, now, nextUpdate, revoked));
      if (store.add(list)) {
        return Optional.of(list);
      }
    }
    throw new IllegalStateException(
        String.format(
            Locale.ROOT,
            "another process took %d numbers of lists of %s in a row",
            ATTEMPTS_MAX,
            authority));
  }

  /**
   * Lists only grow, so their length tells whether there is news. A list that begins in the future
   * is of a clock that ran ahead, and nobody may rely on it yet.
   */
  static boolean isDue(
      Optional<SignedRevocationList> latest, int revoked, Instant now, Duration period) {
    return latest.isEmpty()
        || latest.get().entries() != revoked
        || now.isBefore(latest.get().thisUpdate())
        || !now.isBefore(latest.get().thisUpdate().plus(period));
  }

  private static boolean signsLists(CertificateKind kind) {
    return kind != CertificateKind.ISSUING_DCA;
  }

  private static Duration period(CertificateAuthority authority) {
    return authority.kind().isRoot() ? ROOT_PERIOD : ISSUING_PERIOD;
  }

  private static Duration validity(CertificateAuthority authority) {
    return authority.kind().isRoot() ? ROOT_VALIDITY : ISSUING_VALIDITY;
  }

  private static DistinguishedName nameOf(CertificateAuthority authority) {
    return DistinguishedName.of(authority.certificate().getSubjectX500Principal());
  }
}
