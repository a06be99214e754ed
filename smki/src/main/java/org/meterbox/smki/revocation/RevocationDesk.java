// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.Recording;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateRepository;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.PostgresCertificateRepository;
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
  private final Optional<Recording> recording;

  /** Revokes in this repository and has the lists signed. */
  public RevocationDesk(
      CertificateRepository repository,
      RevocationLists lists,
      Entitlements entitlements,
      InstantSource clock) {
    this(repository, lists, entitlements, clock, Optional.empty());
  }

  /**
   * The same, and each revocation and refusal stands in the audit log.
   *
   * @param recording of the repository's own store
   */
  public RevocationDesk(
      CertificateRepository repository,
      RevocationLists lists,
      Entitlements entitlements,
      InstantSource clock,
      Optional<Recording> recording) {
    this.recording = recording;
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
    return revoke(requester.toString(), requester, id, reason);
  }

  /**
   * The same at the hands of a person.
   *
   * @param actor who asks, for the audit log
   */
  public RevocationOutcome revoke(
      String actor, Eui64 requester, CertificateId id, Revocation.Reason reason) {
    return noted(actor, decide(actor, requester, id, reason));
  }

  private RevocationOutcome noted(String actor, RevocationOutcome outcome) {
    if (outcome instanceof Refused(Rule rule, String detail)) {
      recording.ifPresent(log ->
          log.note(
              actor,
              AuditAction.REVOCATION_REFUSED,
              String.format(Locale.ROOT, "under %s: %s", rule, detail)));
    }
    return outcome;
  }

  private RevocationOutcome decide(
      String actor, Eui64 requester, CertificateId id, Revocation.Reason reason) {
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
    return revoke(actor, record, reason);
  }

  /** Revokes an issuing authority's certificate, on the decision of a key ceremony. */
  public RevocationOutcome revokeAuthority(CertificateId id, Revocation.Reason reason) {
    String actor = "SMKI";
    Optional<CertificateRecord> found = repository.find(id);
    if (found.isEmpty()) {
      return noted(actor, new Refused(Rule.KNOWN, "no certificate " + id));
    }
    return noted(
        actor,
        found.get().kind().isAuthority() && found.get().kind().isRevocable()
            ? revoke(actor, found.get(), reason)
            : new Refused(Rule.REVOCABLE, "a certificate of kind " + found.get().kind()));
  }

  private RevocationOutcome revoke(
      String actor, CertificateRecord record, Revocation.Reason reason) {
    if (!changeStatus(actor, record, new Revocation(clock.instant(), reason))) {
      return new Refused(Rule.NOT_REVOKED_BEFORE, "certificate " + record.id());
    }
    lists.signDue();
    return new Revoked(record.with(CertificateStatus.REVOKED));
  }

  private boolean changeStatus(String actor, CertificateRecord record, Revocation revocation) {
    if (recording.isEmpty()) {
      return repository.revoke(record.id(), revocation);
    }
    return recording
        .get()
        .recorded(
            actor,
            AuditAction.CERTIFICATE_REVOKED,
            String.format(
                Locale.ROOT,
                "certificate %x of %s: %s",
                record.id().serial(),
                record.id().issuer(),
                revocation.reason()),
            connection -> PostgresCertificateRepository.revoke(connection, record.id(), revocation),
            revoked -> revoked);
  }

  private boolean isSubscriber(Eui64 requester, CertificateRecord record) {
    return entitlements
        .of(requester)
        .flatMap(entitlement -> record.subject().map(entitlement::coversOrganisation))
        .orElse(false);
  }
}
