// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.issuing.BatchProgress;
import org.meterbox.smki.issuing.BatchResult;
import org.meterbox.smki.issuing.BatchSubmission;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.registration.RegistrationOutcome;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.revocation.RevocationOutcome;

/** Takes requests for certificates, one or many, and for revocations. */
public final class RequestDesk {
  /** Longest reference to a Non-Gateway Supplier's message, in characters. */
  public static final int REFERENCE_LENGTH_MAX = 200;

  private final Infrastructure smki;
  private final Gate gate;

  /** Works on this infrastructure. */
  public RequestDesk(Infrastructure smki) {
    this.smki = smki;
    this.gate = new Gate(smki.audit());
  }

  /**
   * Issues on one PKCS#10 request of the person's organisation.
   *
   * @param csr the request in DER
   * @param cellUsage whether an organisation's key agreement key is to serve top-ups
   */
  public Outcome<Issuance.Issued> request(Person person, Octets csr, CellUsage cellUsage) {
    return gate.pass(
        person,
        Act.REQUEST_CERTIFICATES,
        () -> issue(person, organisationOf(person), csr, cellUsage, ""));
  }

  /**
   * Issues on a request that a Non-Gateway Supplier sent by other means than the DCC Gateway
   * (Non-Gateway Interface): the registration authority, which knows the sender from the RAPP,
   * enters it. Such a supplier takes over meters but installs none, so it has organisation
   * certificates only.
   *
   * @param reference how to find the supplier's message again
   */
  public Outcome<Issuance.Issued> requestForNonGatewaySupplier(
      Person person, Eui64 supplier, String reference, Octets csr, CellUsage cellUsage) {
    return gate.pass(
        person,
        Act.REQUEST_FOR_NON_GATEWAY_SUPPLIERS,
        () -> {
          if (reference.isBlank()
              || reference.length() > REFERENCE_LENGTH_MAX
              || reference.chars().anyMatch(Character::isISOControl)) {
            return Outcome.refused(
                Refusal.Kind.BROKEN_RULE,
                "REFERENCE",
                String.format(
                    Locale.ROOT,
                    "the supplier's message can be found again by 1 to %d characters",
                    REFERENCE_LENGTH_MAX),
                "no usable reference was given");
          }
          Optional<Registration> found = smki.registrations().find(supplier);
          if (found.isEmpty()
              || !found.get().roles().contains(RemotePartyRole.SUPPLIER)
              || !found.get().devices().isEmpty()) {
            return Outcome.refused(
                Refusal.Kind.BROKEN_RULE,
                "NON_GATEWAY_SUPPLIER",
                "a Non-Gateway Supplier is registered as a supplier and has no range of devices",
                supplier + " is not registered like that");
          }
          return issue(
              person, supplier, csr, cellUsage, ", Non-Gateway Supplier's message " + reference);
        });
  }

  private Outcome<Issuance.Issued> issue(
      Person person, Eui64 requester, Octets csr, CellUsage cellUsage, String source) {
    if (smki.registrations().step(person.actor(), requester, new RegistrationStep.NoteRequest())
        instanceof RegistrationOutcome.Refused(var rule, String detail)) {
      return RegistrationDesk.refused(rule, detail);
    }
    return switch (smki.issuer().issue(requester, csr, cellUsage)) {
      case Issuance.Issued issued -> {
        gate.note(
            person,
            AuditAction.CERTIFICATE_ISSUED,
            String.format(
                Locale.ROOT,
                "%s for %s, certificate %s%s",
                named(issued.record()),
                requester,
                serial(issued.record()),
                source));
        RegistrationOutcome _ =
            smki.registrations()
                .step(person.actor(), requester, new RegistrationStep.NoteCertificate());
        yield Outcome.done(issued);
      }
      case Issuance.Refused(var rule, String detail) -> {
        gate.note(
            person,
            AuditAction.CERTIFICATE_REFUSED,
            String.format(Locale.ROOT, "%s for %s: %s%s", rule, requester, detail, source));
        yield Outcome.refused(Refusal.Kind.BROKEN_RULE, rule.name(), rule.demand(), detail);
      }
    };
  }

  /**
   * Takes in a batch file for the person's organisation; the certificates follow. The same file
   * again leads to the batch that it made the first time.
   */
  public Outcome<BatchProgress> submitBatch(Person person, Path file) {
    return gate.pass(
        person,
        Act.REQUEST_CERTIFICATES,
        () -> {
          Eui64 requester = organisationOf(person);
          if (smki.registrations()
                  .step(person.actor(), requester, new RegistrationStep.NoteRequest())
              instanceof RegistrationOutcome.Refused(var rule, String detail)) {
            return RegistrationDesk.refused(rule, detail);
          }
          return switch (smki.batches().submit(person.actor(), requester, file)) {
            case BatchSubmission.Accepted(BatchProgress progress) -> Outcome.done(progress);
            case BatchSubmission.KnownBefore(BatchProgress progress) -> Outcome.done(progress);
            case BatchSubmission.Refused(var rule, String detail) ->
                Outcome.refused(
                    Refusal.Kind.BROKEN_RULE,
                    "BATCH_" + rule.name(),
                    "a batch holds requests of an Authorised Subscriber, not too many",
                    detail);
          };
        });
  }

  /** The latest batches that the person may see, the latest first. */
  public Outcome<List<BatchProgress>> batches(Person person) {
    return gate.pass(
        person,
        Act.READ_BATCHES,
        () -> Outcome.done(smki.batches().recent(organisation(person.duty()))));
  }

  /** How far a batch has come. */
  public Outcome<BatchProgress> batch(Person person, UUID id) {
    return gate.pass(
        person,
        Act.READ_BATCHES,
        () ->
            smki.batches()
                .progress(id)
                .filter(batch ->
                    organisation(person.duty()).map(batch.requester()::equals).orElse(true))
                .map(Outcome::done)
                .orElseGet(() ->
                    Outcome.refused(
                        Refusal.Kind.NOT_FOUND,
                        "KNOWN",
                        "the batch is one that the person may see",
                        "no batch " + id)));
  }

  /** A part of a batch's results, from this number on; empty after the last. */
  public Outcome<List<BatchResult>> results(Person person, UUID id, int from) {
    return batch(person, id)
        .fold(
            batch -> Outcome.done(smki.batches().results(batch.id(), from)),
            refusal -> new Outcome.Refused<>(refusal));
  }

  /** The first refusals of a batch so far, at most this many. */
  public Outcome<List<BatchResult>> refusals(Person person, UUID id, int refusalsMax) {
    return batch(person, id)
        .fold(
            batch -> Outcome.done(smki.batches().refusals(batch.id(), refusalsMax)),
            refusal -> new Outcome.Refused<>(refusal));
  }

  /** Revokes a certificate of the person's organisation. */
  public Outcome<CertificateRecord> revoke(
      Person person, CertificateRecord record, Revocation.Reason reason) {
    return gate.pass(
        person,
        Act.REVOKE_CERTIFICATES,
        () ->
            switch (smki.revocations().revoke(organisationOf(person), record.id(), reason)) {
              case RevocationOutcome.Revoked(CertificateRecord revoked) -> {
                gate.note(
                    person,
                    AuditAction.CERTIFICATE_REVOKED,
                    String.format(
                        Locale.ROOT,
                        "%s, certificate %s: %s",
                        named(revoked),
                        serial(revoked),
                        reason));
                yield Outcome.done(revoked);
              }
              case RevocationOutcome.Refused(var rule, String detail) -> {
                gate.note(
                    person,
                    AuditAction.REVOCATION_REFUSED,
                    String.format(Locale.ROOT, "%s: %s", rule, detail));
                yield Outcome.refused(Refusal.Kind.BROKEN_RULE, rule.name(), rule.demand(), detail);
              }
            });
  }

  private static Eui64 organisationOf(Person person) {
    return organisation(person.duty())
        .orElseThrow(() -> new IllegalStateException("only officers act for an organisation"));
  }

  /** To whose affairs a person is confined; none for those who see all. */
  static Optional<Eui64> organisation(Duty duty) {
    return switch (duty) {
      case Duty.AuthorisedOfficer officer -> Optional.of(officer.organisation());
      case Duty.RegistrationStaff(), Duty.Auditor() -> Optional.empty();
    };
  }

  private static String named(CertificateRecord record) {
    return String.format(
        Locale.ROOT,
        "%s %s %s",
        record.kind(),
        record.subject().map(Eui64::dashed).orElse("-"),
        record.role().map(role -> role + " " + record.use()).orElse(record.use().name()));
  }

  private static String serial(CertificateRecord record) {
    return record.id().serial().toString(16);
  }
}
