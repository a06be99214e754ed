// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.issuing.Entitlements;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.registration.RegistrationOutcome.Accepted;
import org.meterbox.smki.registration.RegistrationOutcome.Refused;
import org.meterbox.smki.registration.RegistrationOutcome.Rule;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.repository.PublicKeyHash;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.repository.SmkiSchema;
import org.meterbox.store.Store;

/**
 * Takes organisations and their officers through their registration. Each step and its entry in the
 * audit log are one transaction. Safe for threads and for several processes.
 */
public final class RegistrationAuthority implements Entitlements {
  /** Most registrations that one list shows. */
  public static final int LIST_MAX = 1000;

  private final Store store;
  private final PostgresAuditLog audit;
  private final CertificateAuthority iki;
  private final InstantSource clock;

  private RegistrationAuthority(
      Store store, PostgresAuditLog audit, CertificateAuthority iki, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.iki = iki;
    this.clock = clock;
  }

  /**
   * Brings the schema up to date and opens the registrations.
   *
   * @param iki issues officers' credentials
   */
  public static RegistrationAuthority open(
      Store store, PostgresAuditLog audit, CertificateAuthority iki, InstantSource clock) {
    SmkiSchema.migrate(store);
    return new RegistrationAuthority(store, audit, iki, clock);
  }

  /**
   * Takes in an application.
   *
   * @param actor who enters it, for the audit log
   */
  public RegistrationOutcome apply(
      String actor,
      Eui64 eui,
      String name,
      Set<RemotePartyRole> roles,
      List<EuiRange> organisations,
      List<EuiRange> devices) {
    RegistrationOutcome outcome =
        RegistrationRules.apply(Registration.applied(eui, name, roles, organisations, devices));
    return switch (outcome) {
      case Refused refused -> refused;
      case Accepted accepted ->
          store.transact(connection -> {
            if (!RegistrationStore.add(connection, accepted.next())) {
              return new Refused(Rule.NEW_APPLICANT, eui + " is registered");
            }
            audit.append(connection, actor, AuditAction.REGISTRATION, accepted.account());
            return accepted;
          });
    };
  }

  /**
   * Takes one step.
   *
   * @param actor who takes it, for the audit log
   */
  public RegistrationOutcome step(String actor, Eui64 eui, RegistrationStep step) {
    return store.transact(connection -> step(connection, actor, eui, step));
  }

  /**
   * Certifies an officer's key in the IKI and notes the credential as given.
   *
   * @param actor who hands it over, for the audit log
   */
  public Credential credential(String actor, Eui64 eui, int officer, ECPublicKey key) {
    return store.transact(connection -> credential(connection, actor, eui, officer, key));
  }

  /** What became of the wish for a credential. */
  public sealed interface Credential {
    /** The certificate, in the repository. */
    record Given(CertificateRecord record) implements Credential {}

    /** No certificate, since the registration does not allow it. */
    record Refused(RegistrationOutcome.Refused refusal) implements Credential {}

    /** No certificate, since there is one with this key. */
    record KeyUsedBefore() implements Credential {}
  }

  private Credential credential(
      Connection connection, String actor, Eui64 eui, int officer, ECPublicKey key)
      throws SQLException {
    if (PostgresCertificateRepository.holdsKey(connection, PublicKeyHash.of(key))) {
      return new Credential.KeyUsedBefore();
    }
    Optional<Officer> person =
        RegistrationStore.find(connection, eui, true).flatMap(found -> found.officer(officer));
    if (person.isEmpty()) {
      return new Credential.Refused(
          new Refused(Rule.OFFICER, String.format(Locale.ROOT, "officer %d of %s", officer, eui)));
    }
    X509Certificate certificate =
        iki.certify(
            CertificateProfile.IKI_CREDENTIAL,
            new CertificateSubject.Person(person.get().name(), eui),
            key,
            clock.instant());
    CertificateId id = CertificateId.of(certificate);
    return switch (step(connection, actor, eui, new RegistrationStep.GiveCredential(officer, id))) {
      case Refused refused -> new Credential.Refused(refused);
      case Accepted _ -> {
        revoke(connection, List.of(person.get()), Revocation.Reason.SUPERSEDED);
        yield keep(connection, certificate);
      }
    };
  }

  private static Credential keep(Connection connection, X509Certificate certificate)
      throws SQLException {
    try {
      CertificateRecord record =
          CertificateRecord.inUse(certificate, CertificateContents.read(certificate));
      PostgresCertificateRepository.addWithFreshKey(connection, record);
      return new Credential.Given(record);
    } catch (DecodeException e) {
      throw new IllegalStateException("a certificate of our own making fits no profile", e);
    }
  }

  private RegistrationOutcome step(
      Connection connection, String actor, Eui64 eui, RegistrationStep step) throws SQLException {
    Optional<Registration> found = RegistrationStore.find(connection, eui, true);
    if (found.isEmpty()) {
      return new Refused(Rule.KNOWN, eui + " is not registered");
    }
    RegistrationOutcome outcome = RegistrationRules.decide(found.get(), step);
    if (outcome instanceof Accepted accepted && !accepted.next().equals(found.get())) {
      RegistrationStore.replace(connection, accepted.next());
      audit.append(connection, actor, AuditAction.REGISTRATION, accepted.account());
      revoke(connection, losing(found.get(), step), Revocation.Reason.CESSATION_OF_OPERATION);
    }
    return outcome;
  }

  /** The officers whose credentials end with this step. */
  private static List<Officer> losing(Registration from, RegistrationStep step) {
    return switch (step) {
      case RegistrationStep.RemoveOfficer(int officer, String _) ->
          from.officer(officer).stream().toList();
      case RegistrationStep.Withdraw _ -> from.officers();
      case RegistrationStep.VerifyOrganisation _,
          RegistrationStep.NominateSenior _,
          RegistrationStep.NominateAuthorised _,
          RegistrationStep.VerifyOfficer _,
          RegistrationStep.GiveCredential _,
          RegistrationStep.Authorise(),
          RegistrationStep.NoteRequest(),
          RegistrationStep.NoteCertificate() ->
          List.of();
    };
  }

  private void revoke(Connection connection, List<Officer> officers, Revocation.Reason reason)
      throws SQLException {
    for (Officer officer : officers) {
      if (officer.credential().isPresent()) {
        PostgresCertificateRepository.revoke(
            connection, officer.credential().get(), new Revocation(clock.instant(), reason));
      }
    }
  }

  /** The registration of this organisation. */
  public Optional<Registration> find(Eui64 eui) {
    return store.transact(connection -> RegistrationStore.find(connection, eui, false));
  }

  /** All registrations in order of their names, at most {@link #LIST_MAX}. */
  public List<Registration> list() {
    return store.transact(connection -> RegistrationStore.list(connection, LIST_MAX));
  }

  /** For whom the holder of this credential may act: an officer who may submit, if any. */
  public Optional<Registration> actingFor(CertificateId credential) {
    return store
        .transact(connection -> RegistrationStore.findByCredential(connection, credential))
        .filter(registration ->
            registration.officers().stream()
                .anyMatch(officer ->
                    officer.maySubmit() && officer.credential().equals(Optional.of(credential))));
  }

  @Override
  public Optional<Entitlement> of(Eui64 requester) {
    return find(requester).flatMap(Registration::entitlement);
  }
}
