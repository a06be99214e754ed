// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.audit.AuditLog.Verification;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.issuing.CertificateIssuer;
import org.meterbox.smki.issuing.CertificateRequest;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.issuing.Issuance;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.registration.Officer.Duty;
import org.meterbox.smki.registration.Officer.Progress;
import org.meterbox.smki.registration.RegistrationAuthority.Credential;
import org.meterbox.smki.registration.RegistrationOutcome.Accepted;
import org.meterbox.smki.registration.RegistrationOutcome.Refused;
import org.meterbox.smki.registration.RegistrationOutcome.Rule;
import org.meterbox.smki.registration.RegistrationStep.Authorise;
import org.meterbox.smki.registration.RegistrationStep.NominateAuthorised;
import org.meterbox.smki.registration.RegistrationStep.NominateSenior;
import org.meterbox.smki.registration.RegistrationStep.NoteCertificate;
import org.meterbox.smki.registration.RegistrationStep.NoteRequest;
import org.meterbox.smki.registration.RegistrationStep.Position;
import org.meterbox.smki.registration.RegistrationStep.RemoveOfficer;
import org.meterbox.smki.registration.RegistrationStep.VerifyOfficer;
import org.meterbox.smki.registration.RegistrationStep.VerifyOrganisation;
import org.meterbox.smki.registration.RegistrationStep.Withdraw;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

final class RegistrationAuthorityTest {
  private static final Eui64 SUPPLIER = Installation.SUPPLIER;
  private static final EuiRange DEVICES =
      new EuiRange(Eui64.parse("00DB123456789000"), Eui64.parse("FFDB12345678FFFF"));

  private final Store store = TestStore.fresh();
  private final PostgresCertificateRepository repository =
      PostgresCertificateRepository.open(store);
  private final Installation smki;
  private final PostgresAuditLog audit;
  private final RegistrationAuthority authority;

  RegistrationAuthorityTest(@TempDir Path folder) {
    smki = new Installation(folder, repository);
    audit = PostgresAuditLog.open(store, smki.clock);
    authority = RegistrationAuthority.open(store, audit, smki.authorities.ikiIssuing(), smki.clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private RegistrationOutcome apply(String name, Set<RemotePartyRole> roles) {
    return authority.apply(
        "registrar", SUPPLIER, name, roles, List.of(EuiRange.of(SUPPLIER)), List.of(DEVICES));
  }

  private RegistrationOutcome step(RegistrationStep step) {
    return authority.step("registrar", SUPPLIER, step);
  }

  private static Registration accepted(RegistrationOutcome outcome) {
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted) outcome).next();
  }

  private static void assertRefused(RegistrationOutcome outcome, Rule rule) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.rule()).as(refused.detail()).isEqualTo(rule));
  }

  private CertificateId credential(int officer) {
    Credential given = authority.credential("registrar", SUPPLIER, officer, smki.newKey());
    assertThat(given).isInstanceOf(Credential.Given.class);
    return ((Credential.Given) given).record().id();
  }

  /** Everything up to the Authorised Subscriber: officer 1 is the SRO, officer 2 the ARO. */
  private CertificateId authorise() {
    accepted(apply("Supplier One", Set.of(RemotePartyRole.SUPPLIER)));
    accepted(step(new VerifyOrganisation("company register, seen by A. Clerk")));
    accepted(step(new NominateSenior("Ada Senior", Position.DIRECTOR, "D. Director")));
    accepted(step(new VerifyOfficer(1, "passport, seen by A. Clerk")));
    accepted(step(new NominateAuthorised("Ben Officer", 1)));
    accepted(step(new VerifyOfficer(2, "passport, seen by A. Clerk")));
    CertificateId credential = credential(2);
    accepted(step(new Authorise()));
    return credential;
  }

  @Test
  void takesAnOrganisationAllTheWay() {
    CertificateId credential = authorise();
    Registration registration = authority.find(SUPPLIER).orElseThrow();
    assertThat(registration.standing()).isEqualTo(Standing.AUTHORISED_SUBSCRIBER);
    assertThat(registration.officers())
        .extracting(Officer::name, Officer::duty, Officer::progress, Officer::nominatedBy)
        .containsExactly(
            tuple(
                "Ada Senior",
                Duty.SENIOR_RESPONSIBLE_OFFICER,
                Progress.VERIFIED,
                "D. Director, DIRECTOR"),
            tuple(
                "Ben Officer",
                Duty.AUTHORISED_RESPONSIBLE_OFFICER,
                Progress.CREDENTIALLED,
                "Ada Senior"));
    assertThat(authority.actingFor(credential)).contains(registration);
    assertThat(authority.list()).containsExactly(registration);
    assertThat(repository.find(credential).orElseThrow().kind())
        .isEqualTo(CertificateKind.IKI_CREDENTIAL);
    assertThat(accepted(step(new NoteRequest())).standing())
        .isEqualTo(Standing.ELIGIBLE_SUBSCRIBER);
    assertThat(accepted(step(new NoteCertificate())).standing()).isEqualTo(Standing.SUBSCRIBER);
    // Later requests change nothing any more.
    assertThat(accepted(step(new NoteRequest())).standing()).isEqualTo(Standing.SUBSCRIBER);
  }

  @Test
  void recordsEveryStepAndNoRefusedOne() {
    authorise();
    step(new VerifyOrganisation("again"));
    assertThat(audit.read(1, 100))
        .extracting(AuditEntry::detail)
        .hasSize(8)
        .last()
        .isEqualTo("Supplier One is an Authorised Subscriber");
    assertThat(audit.verify()).isInstanceOf(Verification.Intact.class);
  }

  // The issuing authority asks here who may have what; before authorisation the answer is nobody.
  @Test
  void entitlesAuthorisedSubscribersOnly() {
    CertificateIssuer issuer =
        new CertificateIssuer(smki.authorities, repository, authority, smki.clock, 10);
    assertThat(authority.of(SUPPLIER)).isEmpty();
    authorise();
    assertThat(authority.of(SUPPLIER))
        .contains(
            new Entitlement(
                SUPPLIER,
                Set.of(RemotePartyRole.SUPPLIER),
                List.of(EuiRange.of(SUPPLIER)),
                List.of(DEVICES)));
    assertThat(
            issuer.issue(
                CertificateRequest.device(
                    SUPPLIER, Installation.DEVICE, KeyUse.KEY_AGREEMENT, smki.newKey())))
        .isInstanceOf(Issuance.Issued.class);
    accepted(step(new Withdraw("licence ended")));
    assertThat(authority.of(SUPPLIER)).isEmpty();
  }

  // ---- one refusal for each rule ----

  @Test
  void refusesToRegisterTwiceOrWithoutAPurpose() {
    assertRefused(apply("", Set.of(RemotePartyRole.SUPPLIER)), Rule.TEXT);
    assertRefused(apply("x\ny", Set.of(RemotePartyRole.SUPPLIER)), Rule.TEXT);
    assertRefused(apply("x".repeat(65), Set.of(RemotePartyRole.SUPPLIER)), Rule.TEXT);
    assertRefused(apply("One", Set.of()), Rule.ENTITLEMENT);
    assertRefused(apply("One", Set.of(RemotePartyRole.ROOT)), Rule.ENTITLEMENT);
    accepted(apply("One", Set.of(RemotePartyRole.SUPPLIER)));
    assertRefused(apply("Two", Set.of(RemotePartyRole.SUPPLIER)), Rule.NEW_APPLICANT);
    assertRefused(
        authority.step("registrar", Eui64.parse("90B3D51F30990000"), new Authorise()), Rule.KNOWN);
  }

  @Test
  void refusesStepsOutOfOrder() {
    accepted(apply("One", Set.of(RemotePartyRole.SUPPLIER)));
    assertRefused(step(new NominateSenior("Ada", Position.DIRECTOR, "D.")), Rule.ORDER);
    assertRefused(step(new Authorise()), Rule.ORDER);
    assertRefused(step(new NoteRequest()), Rule.ORDER);
    accepted(step(new VerifyOrganisation("seen")));
    assertRefused(step(new VerifyOrganisation("seen")), Rule.ORDER);
    assertRefused(step(new Authorise()), Rule.ORDER);
  }

  @Test
  void letsOnlyAVerifiedSeniorOfficerNominate() {
    accepted(apply("One", Set.of(RemotePartyRole.SUPPLIER)));
    accepted(step(new VerifyOrganisation("seen")));
    accepted(step(new NominateSenior("Ada", Position.DIRECTOR, "D.")));
    assertRefused(step(new NominateAuthorised("Ben", 1)), Rule.NOMINATOR);
    accepted(step(new VerifyOfficer(1, "passport")));
    accepted(step(new NominateAuthorised("Ben", 1)));
    accepted(step(new VerifyOfficer(2, "passport")));
    assertRefused(step(new NominateAuthorised("Cy", 2)), Rule.NOMINATOR);
    assertRefused(step(new NominateAuthorised("Cy", 9)), Rule.NOMINATOR);
    accepted(step(new RemoveOfficer(1, "left")));
    assertRefused(step(new NominateAuthorised("Cy", 1)), Rule.NOMINATOR);
  }

  @Test
  void givesCredentialsToVerifiedPersonsOnly() {
    accepted(apply("One", Set.of(RemotePartyRole.SUPPLIER)));
    accepted(step(new VerifyOrganisation("seen")));
    accepted(step(new NominateSenior("Ada", Position.DIRECTOR, "D.")));
    assertThat(authority.credential("registrar", SUPPLIER, 1, smki.newKey()))
        .isInstanceOfSatisfying(
            Credential.Refused.class,
            refused -> assertThat(refused.refusal().rule()).isEqualTo(Rule.OFFICER_PROGRESS));
    assertThat(authority.credential("registrar", SUPPLIER, 7, smki.newKey()))
        .isInstanceOfSatisfying(
            Credential.Refused.class,
            refused -> assertThat(refused.refusal().rule()).isEqualTo(Rule.OFFICER));
    accepted(step(new VerifyOfficer(1, "passport")));
    var key = smki.newKey();
    assertThat(authority.credential("registrar", SUPPLIER, 1, key))
        .isInstanceOf(Credential.Given.class);
    assertThat(authority.credential("registrar", SUPPLIER, 1, key))
        .isEqualTo(new Credential.KeyUsedBefore());
  }

  // Whoever leaves can do nothing with what they keep.
  @Test
  void endsTheCredentialsOfThoseWhoLeave() {
    CertificateId first = authorise();
    CertificateId second = credential(2);
    assertThat(repository.find(first).orElseThrow().status()).isEqualTo(CertificateStatus.REVOKED);
    assertThat(authority.actingFor(first)).isEmpty();
    assertThat(authority.actingFor(second)).isPresent();
    accepted(step(new RemoveOfficer(2, "left the company")));
    assertThat(repository.find(second).orElseThrow().status()).isEqualTo(CertificateStatus.REVOKED);
    assertThat(authority.actingFor(second)).isEmpty();
    assertRefused(step(new RemoveOfficer(2, "again")), Rule.OFFICER_PROGRESS);
  }

  @Test
  void doesNothingForTheWithdrawn() {
    CertificateId credential = authorise();
    accepted(step(new Withdraw("licence ended")));
    assertThat(repository.find(credential).orElseThrow().status())
        .isEqualTo(CertificateStatus.REVOKED);
    for (RegistrationStep step :
        List.of(
            new Authorise(),
            new NoteRequest(),
            new Withdraw("again"),
            new NominateSenior("Ada", Position.DIRECTOR, "D."))) {
      assertRefused(step(step), Rule.ORDER);
    }
  }

  // Two registrars at once: both nominations stay, under different numbers.
  @Test
  void losesNoStepAmongManyRegistrars() throws Exception {
    accepted(apply("One", Set.of(RemotePartyRole.SUPPLIER)));
    accepted(step(new VerifyOrganisation("seen")));
    List<Callable<RegistrationOutcome>> registrars =
        IntStream.range(0, 12)
            .<Callable<RegistrationOutcome>>mapToObj(
                i -> () -> step(new NominateSenior("Person " + i, Position.DIRECTOR, "D.")))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var registrar : threads.invokeAll(registrars)) {
        accepted(registrar.get());
      }
    }
    List<Officer> officers = authority.find(SUPPLIER).orElseThrow().officers();
    assertThat(officers).hasSize(12);
    assertThat(officers.stream().map(Officer::name).distinct()).hasSize(12);
    assertThat(officers.stream().map(Officer::credential).distinct())
        .containsExactly(Optional.empty());
  }
}
