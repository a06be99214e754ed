// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.time.InstantSource;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.revocation.RevocationOutcome.Refused;
import org.meterbox.smki.revocation.RevocationOutcome.Revoked;
import org.meterbox.smki.revocation.RevocationOutcome.Rule;

/** Takes certificate revocation requests. Devices do not read lists and are never revoked. */
public final class RevocationDesk {
  private final CertificateRepository repository;
  private final RevocationLists lists;
  private final Entitlements entitlements;
  private final InstantSource clock;

  /** Revokes in this repository and has the lists signed. */
  public RevocationDesk(
      CertificateRepository repository,
      RevocationLists lists,
      Entitlements entitlements,
      InstantSource clock) {
    this.repository = repository;
    this.lists = lists;
    this.entitlements = entitlements;
    this.clock = clock;
  }

  /**
   * Revokes a subscriber's certificate. It counts as revoked from the moment that this returns; the
   * list follows at once, or with the next turn of {@link RevocationLists#signDue} after a crash.
   */
  public RevocationOutcome revoke(Eui64 requester, CertificateId id, Revocation.Reason reason) {
    Optional<CertificateRecord> found = repository.find(id);
    if (found.isEmpty()) {
      return new Refused(Rule.KNOWN, "no certificate " + id);
    }
    CertificateRecord record = found.get();
    if (!record.kind().isRevocable() || record.kind().isAuthority()) {
      return new Refused(Rule.REVOCABLE, "a certificate of kind " + record.kind());
    }
    if (!isSubscriber(requester, record)) {
      return new Refused(
          Rule.ENTITLEMENT, requester + " is not the subscriber of " + record.subject());
    }
    return revoke(record, reason);
  }

  /** Revokes an issuing authority's certificate, on the decision of a key ceremony. */
  public RevocationOutcome revokeAuthority(CertificateId id, Revocation.Reason reason) {
    Optional<CertificateRecord> found = repository.find(id);
    if (found.isEmpty()) {
      return new Refused(Rule.KNOWN, "no certificate " + id);
    }
    return found.get().kind().isAuthority() && found.get().kind().isRevocable()
        ? revoke(found.get(), reason)
        : new Refused(Rule.REVOCABLE, "a certificate of kind " + found.get().kind());
  }

  private RevocationOutcome revoke(CertificateRecord record, Revocation.Reason reason) {
    if (!repository.revoke(record.id(), new Revocation(clock.instant(), reason))) {
      return new Refused(Rule.NOT_REVOKED_BEFORE, "certificate " + record.id());
    }
    lists.signDue();
    return new Revoked(record.with(CertificateStatus.REVOKED));
  }

  private boolean isSubscriber(Eui64 requester, CertificateRecord record) {
    return entitlements
        .of(requester)
        .flatMap(entitlement -> record.subject().map(entitlement::coversOrganisation))
        .orElse(false);
  }
}
