// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.AuditLog;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateSearch;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.ExpiryWatch;
import org.meterbox.smki.repository.Revocation;

/** Shows people what the infrastructures hold: certificates, lists, what ends soon, the audit. */
public final class ReadingDesk {
  /** More issuers than any hierarchy has: a bound for a walk through data. */
  private static final int CHAIN_MAX = 4;

  private final Infrastructure smki;
  private final ExpiryWatch expiry;
  private final Gate gate;

  /** Reads this infrastructure. */
  public ReadingDesk(Infrastructure smki) {
    this.smki = smki;
    this.expiry = new ExpiryWatch(smki.repository());
    this.gate = new Gate(smki.audit());
  }

  /** Certificates that meet every condition, newest first; without one, the newest of all. */
  public Outcome<List<CertificateRecord>> find(Person person, CertificateQuery query) {
    return gate.pass(
        person,
        Act.READ_REPOSITORY,
        () -> {
          CertificateSearch search = search(query);
          List<CertificateRecord> found =
              query.serial().isPresent()
                  ? smki.repository().findBySerial(query.serial().get()).stream()
                      .filter(search::accepts)
                      .toList()
                  : smki.repository().search(search);
          return Outcome.done(found.stream().filter(record -> isVisible(person, record)).toList());
        });
  }

  private static CertificateSearch search(CertificateQuery query) {
    CertificateSearch search =
        query.subject().map(CertificateSearch::of).orElseGet(CertificateSearch::all);
    if (query.role().isPresent()) {
      search = search.role(query.role().get());
    }
    if (query.use().isPresent()) {
      search = search.use(query.use().get());
    }
    return search;
  }

  /** Everything about the certificates with this serial number: one, but for a great chance. */
  public Outcome<List<CertificateSheet>> certificate(Person person, BigInteger serial) {
    return gate.pass(
        person,
        Act.READ_REPOSITORY,
        () -> {
          List<CertificateSheet> sheets =
              smki.repository().findBySerial(serial).stream()
                  .filter(record -> isVisible(person, record))
                  .map(this::sheet)
                  .toList();
          return sheets.isEmpty()
              ? Outcome.refused(
                  Refusal.Kind.NOT_FOUND,
                  "KNOWN",
                  "the certificate is in the repository",
                  "no certificate with the serial number " + serial.toString(16))
              : Outcome.done(sheets);
        });
  }

  private CertificateSheet sheet(CertificateRecord record) {
    Optional<Revocation> revocation = smki.repository().revocationOf(record.id());
    return new CertificateSheet(
        record, record.statusAt(smki.clock().instant()), issuersOf(record), revocation);
  }

  private List<CertificateRecord> issuersOf(CertificateRecord record) {
    List<CertificateRecord> chain = new ArrayList<>();
    CertificateRecord lowest = record;
    while (!lowest.kind().isRoot() && chain.size() < CHAIN_MAX) {
      Optional<CertificateRecord> issuer = issuerOf(lowest);
      if (issuer.isEmpty()) {
        break;
      }
      lowest = issuer.get();
      chain.add(lowest);
    }
    return chain;
  }

  private Optional<CertificateRecord> issuerOf(CertificateRecord record) {
    DistinguishedName issuer = record.id().issuer();
    return record.contents().authorityKeyIdentifier().stream()
        .flatMap(identifier -> smki.repository().findByKeyIdentifier(identifier).stream())
        .filter(found ->
            found.kind().isAuthority()
                && DistinguishedName.of(found.certificate().getSubjectX500Principal())
                    .equals(issuer))
        .findFirst();
  }

  /** SMKI is public among the parties; who works for an organisation is its own business. */
  private static boolean isVisible(Person person, CertificateRecord record) {
    return switch (record.kind()) {
      case ROOT_OCA,
          ISSUING_OCA,
          ORGANISATION,
          ROOT_DCA,
          ISSUING_DCA,
          DEVICE,
          IKI_ROOT,
          IKI_ISSUING,
          DCCKI_ROOT,
          DCCKI_INFRASTRUCTURE_CA,
          DCCKI_USER_CA ->
          true;
      case IKI_CREDENTIAL, DCCKI_INFRASTRUCTURE, DCCKI_USER -> {
        Optional<Eui64> organisation = RequestDesk.organisation(person.duty());
        yield organisation.isEmpty() || organisation.equals(record.subject());
      }
    };
  }

  /** The lists in force. Everybody may have them: whoever relies on a certificate needs them. */
  public List<RevocationListSheet> revocationLists() {
    return smki.authorities().all().stream()
        .filter(authority -> authority.kind() != CertificateKind.ISSUING_DCA)
        .map(this::listSheet)
        .toList();
  }

  private RevocationListSheet listSheet(CertificateAuthority authority) {
    String issuer =
        DistinguishedName.of(authority.certificate().getSubjectX500Principal()).rfc2253();
    return new RevocationListSheet(authority.kind(), issuer, smki.lists().latest(authority));
  }

  /** What ends soon, nearest first; for an officer, of the own organisation. */
  public Outcome<List<ExpiryWatch.Ending>> endingSoon(Person person) {
    Optional<Eui64> organisation = RequestDesk.organisation(person.duty());
    return gate.pass(
        person,
        Act.READ_REPOSITORY,
        () ->
            Outcome.done(
                expiry.endingSoon(smki.clock().instant()).stream()
                    .filter(ending ->
                        organisation.isEmpty() || ending.record().subject().equals(organisation))
                    .toList()));
  }

  /** Entries from this number on, in order. */
  public Outcome<List<AuditEntry>> audit(Person person, long from, int entriesMax) {
    return gate.pass(
        person, Act.READ_AUDIT, () -> Outcome.done(smki.audit().read(from, entriesMax)));
  }

  /** The number of the last entry. */
  public Outcome<Long> lastAuditEntry(Person person) {
    return gate.pass(person, Act.READ_AUDIT, () -> Outcome.done(smki.audit().last()));
  }

  /** Whether every entry of the log is as it was written: a walk through all of it. */
  public Outcome<AuditLog.Verification> verifyAudit(Person person) {
    return gate.pass(person, Act.READ_AUDIT, () -> Outcome.done(smki.audit().verify()));
  }
}
