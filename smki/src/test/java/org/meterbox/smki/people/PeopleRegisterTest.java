// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.Installation;
import org.meterbox.smki.RegisteredSupplier;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;
import org.meterbox.smki.vault.Pkcs12Vault;

final class PeopleRegisterTest {
  private static final Duty AUDITOR = new Duty.Auditor();
  private static final Duty STAFF = new Duty.RegistrationStaff();

  private final Path folder;
  private final RegisteredSupplier house;

  PeopleRegisterTest(@TempDir Path folder) {
    this.folder = folder;
    house = new RegisteredSupplier(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private X509Certificate admitted(String name, Duty duty) {
    Admission admission = house.people.admit("registrar", name, duty, house.smki.newKey());
    assertThat(admission).isInstanceOf(Admission.Admitted.class);
    return ((Admission.Admitted) admission).record().certificate();
  }

  private void assertRefused(String name, Duty duty, Admission.Rule rule) {
    assertThat(house.people.admit("registrar", name, duty, house.smki.newKey()))
        .isInstanceOfSatisfying(
            Admission.Refused.class, refused -> assertThat(refused.rule()).isEqualTo(rule));
  }

  @Test
  void knowsEachPersonByTheCertificate() {
    assertThat(house.people.identify(admitted("Ann Auditor", AUDITOR)))
        .contains(new Person("Ann Auditor", AUDITOR));
    assertThat(house.people.identify(admitted("Rex Registrar", STAFF)))
        .contains(new Person("Rex Registrar", STAFF));
    X509Certificate officer =
        admitted(RegisteredSupplier.OFFICER_NAME, RegisteredSupplier.OFFICER_DUTY);
    assertThat(house.people.identify(officer))
        .contains(new Person(RegisteredSupplier.OFFICER_NAME, RegisteredSupplier.OFFICER_DUTY));
  }

  // RAPP: the IKI credential is what an officer has first.
  @Test
  void knowsAnOfficerByTheCredentialToo() {
    assertThat(house.people.identify(house.credential.certificate()))
        .contains(new Person(RegisteredSupplier.OFFICER_NAME, RegisteredSupplier.OFFICER_DUTY));
  }

  @Test
  void knowsNobodyByACertificateOfAnotherSort() {
    assertThat(house.people.identify(house.smki.authorities.dcckiUsers().certificate())).isEmpty();
    assertThat(house.people.identify(house.smki.authorities.issuingOca().certificate())).isEmpty();
  }

  // A stranger's authority can give its certificates any issuer name and serial number.
  @Test
  void knowsNobodyByACertificateThatIsNotInTheRepository(@TempDir Path elsewhere) {
    try (RegisteredSupplier stranger = new RegisteredSupplier(elsewhere)) {
      Admission admission =
          stranger.people.admit("registrar", "Eve", AUDITOR, stranger.smki.newKey());
      X509Certificate foreign = ((Admission.Admitted) admission).record().certificate();
      assertThat(house.people.identify(foreign)).isEmpty();
    }
  }

  @Test
  void forgetsARevokedOrExpiredPerson() {
    X509Certificate revoked = admitted("Ann Auditor", AUDITOR);
    CertificateRecord record = house.repository.findBySerial(revoked.getSerialNumber()).getFirst();
    assertThat(
            house.repository.revoke(
                record.id(), new Revocation(house.smki.now, Revocation.Reason.KEY_COMPROMISE)))
        .isTrue();
    assertThat(house.people.identify(revoked)).isEmpty();

    X509Certificate current = admitted("Abe Auditor", AUDITOR);
    house.smki.now = current.getNotAfter().toInstant();
    assertThat(house.people.identify(current)).isPresent();
    house.smki.now = house.smki.now.plus(Duration.ofSeconds(1));
    assertThat(house.people.identify(current)).isEmpty();
  }

  // The right ends with the appointment, at once: no list has to reach anybody first.
  @Test
  void anOfficersRightEndsWithTheAppointment() {
    X509Certificate officer =
        admitted(RegisteredSupplier.OFFICER_NAME, RegisteredSupplier.OFFICER_DUTY);
    house.step(
        RegisteredSupplier.SUPPLIER,
        new RegistrationStep.RemoveOfficer(RegisteredSupplier.OFFICER, "left the company"));
    assertThat(house.people.identify(officer)).isEmpty();
    assertThat(house.people.identify(house.credential.certificate())).isEmpty();
  }

  @Test
  void anOfficersRightEndsWithTheOrganisations() {
    X509Certificate officer =
        admitted(RegisteredSupplier.OFFICER_NAME, RegisteredSupplier.OFFICER_DUTY);
    house.step(RegisteredSupplier.SUPPLIER, new RegistrationStep.Withdraw("ceased to trade"));
    assertThat(house.people.identify(officer)).isEmpty();
    assertThat(house.people.identify(house.credential.certificate())).isEmpty();
  }

  @Test
  void admitsNobodyWhomTheRegistrationAuthorityDidNotLetIn() {
    assertRefused("Ada Senior", duty(RegisteredSupplier.SUPPLIER, 1), Admission.Rule.OFFICER);
    assertRefused("Nobody", duty(RegisteredSupplier.SUPPLIER, 3), Admission.Rule.OFFICER);
    assertRefused("Another", RegisteredSupplier.OFFICER_DUTY, Admission.Rule.OFFICER);
    assertRefused(
        RegisteredSupplier.OFFICER_NAME, duty(Installation.BROKER, 2), Admission.Rule.OFFICER);
  }

  private static Duty duty(Eui64 organisation, int officer) {
    return new Duty.AuthorisedOfficer(organisation, officer);
  }

  @Test
  void admitsNobodyWithoutAFreshKeyOrAName() {
    var key = house.smki.newKey();
    assertThat(house.people.admit("registrar", "Ann Auditor", AUDITOR, key))
        .isInstanceOf(Admission.Admitted.class);
    assertThat(house.people.admit("registrar", "Abe Auditor", AUDITOR, key))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> assertThat(refused.rule()).isEqualTo(Admission.Rule.FRESH_KEY));
    assertRefused(" ", AUDITOR, Admission.Rule.NAME);
    assertRefused("x".repeat(65), AUDITOR, Admission.Rule.NAME);
    assertRefused("Ann\nAuditor", AUDITOR, Admission.Rule.NAME);
    admitted("x".repeat(64), AUDITOR);
  }

  @Test
  void writesAnAdmissionIntoTheAuditLog() {
    admitted("Ann Auditor", AUDITOR);
    AuditEntry last = house.audit.read(1, 1000).getLast();
    assertThat(last.actor()).isEqualTo("registrar");
    assertThat(last.detail()).startsWith("Ann Auditor was given the DCCKI user certificate");
  }

  @Test
  void replacesAPersonsKeyWhoseCertificateBeginsInTheFuture() {
    KeyVault vault = Pkcs12Vault.openIn(folder, "ann", house.smki.random);
    Instant today = house.smki.now;
    house.smki.now = today.plus(Duration.ofDays(3_000));
    key(vault);
    house.smki.now = today;
    assertThat(key(vault).isValidAt(today)).isTrue();
  }

  @Test
  void keepsAPersonsKeyUntilItRunsOutOrIsRevoked() {
    KeyVault vault = Pkcs12Vault.openIn(folder, "ann", house.smki.random);
    HeldKey first = key(vault);
    assertThat(key(vault).chain()).isEqualTo(first.chain());
    CertificateRecord record =
        house.repository.findBySerial(first.chain().getFirst().getSerialNumber()).getFirst();
    house.repository.revoke(
        record.id(), new Revocation(house.smki.now, Revocation.Reason.SUPERSEDED));
    HeldKey second = key(vault);
    assertThat(second.chain()).isNotEqualTo(first.chain());
    house.smki.now =
        second
            .chain()
            .getFirst()
            .getNotAfter()
            .toInstant()
            .minus(PeopleRegister.RENEWAL_BEFORE_END);
    assertThat(key(vault).chain()).isNotEqualTo(second.chain());
  }

  private HeldKey key(KeyVault vault) {
    return house.people.findOrAdmit("installation", vault, "person", "Ann Auditor", AUDITOR);
  }

  // The whole table, so that a new act or duty cannot slip in with a right that nobody decided on.
  @Test
  void eachDutyAllowsItsOwnActsOnly() {
    Set<Act> everybody = EnumSet.of(Act.READ_REPOSITORY, Act.READ_BATCHES, Act.READ_REGISTRATIONS);
    assertThat(allowed(RegisteredSupplier.OFFICER_DUTY))
        .isEqualTo(and(everybody, Act.REQUEST_CERTIFICATES, Act.REVOKE_CERTIFICATES));
    assertThat(allowed(STAFF))
        .isEqualTo(and(everybody, Act.CHANGE_REGISTRATIONS, Act.REQUEST_FOR_NON_GATEWAY_SUPPLIERS));
    assertThat(allowed(AUDITOR)).isEqualTo(and(everybody, Act.READ_AUDIT));
  }

  private static Set<Act> allowed(Duty duty) {
    return Stream.of(Act.values()).filter(duty::allows).collect(Collectors.toSet());
  }

  private static Set<Act> and(Set<Act> acts, Act... more) {
    Set<Act> all = EnumSet.copyOf(acts);
    all.addAll(List.of(more));
    return all;
  }

  // The audit log refuses longer names; no allowed name may lead there.
  @Test
  void theLongestNameFitsIntoTheAuditLog() {
    Duty officer = new Duty.AuthorisedOfficer(new Eui64(-1), Integer.MAX_VALUE);
    assertThat(new Person("x".repeat(64), officer).actor().length())
        .isLessThanOrEqualTo(AuditEntry.ACTOR_LENGTH_MAX);
  }
}
