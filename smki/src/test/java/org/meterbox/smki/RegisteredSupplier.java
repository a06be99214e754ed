// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.people.PeopleRegister;
import org.meterbox.smki.registration.RegistrationAuthority;
import org.meterbox.smki.registration.RegistrationAuthority.Credential;
import org.meterbox.smki.registration.RegistrationOutcome;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

/** An SMKI on a database, with one supplier that has come to the end of its registration. */
public final class RegisteredSupplier implements AutoCloseable {
  public static final Eui64 SUPPLIER = Installation.SUPPLIER;
  public static final EuiRange DEVICES =
      new EuiRange(Eui64.parse("00DB123456789000"), Eui64.parse("00DB12345678FFFF"));

  /** The officer's number, name and right. */
  public static final int OFFICER = 2;

  public static final String OFFICER_NAME = "Ben Officer";
  public static final Duty OFFICER_DUTY = new Duty.AuthorisedOfficer(SUPPLIER, OFFICER);

  public final Store store = TestStore.fresh();
  public final PostgresCertificateRepository repository = PostgresCertificateRepository.open(store);
  public final Installation smki;
  public final PostgresAuditLog audit;
  public final RegistrationAuthority registrations;
  public final PeopleRegister people;

  /** The officer's IKI credential. */
  public final CertificateRecord credential;

  public RegisteredSupplier(Path folder) {
    smki = new Installation(folder, repository);
    audit = PostgresAuditLog.open(store, smki.clock);
    registrations =
        RegistrationAuthority.open(store, audit, smki.authorities.ikiIssuing(), smki.clock);
    people =
        PeopleRegister.open(
            store,
            repository,
            registrations,
            audit,
            smki.authorities,
            Installation.BROKER,
            smki.clock);
    register(SUPPLIER, "Supplier One", Set.of(RemotePartyRole.SUPPLIER), List.of(DEVICES));
    credential = credential(SUPPLIER);
    step(SUPPLIER, new RegistrationStep.Authorise());
  }

  /** Takes an organisation to where its officer 2 lacks nothing but a credential. */
  public void register(Eui64 eui, String name, Set<RemotePartyRole> roles, List<EuiRange> devices) {
    assertThat(
            registrations.apply("registrar", eui, name, roles, List.of(EuiRange.of(eui)), devices))
        .isInstanceOf(RegistrationOutcome.Accepted.class);
    step(eui, new RegistrationStep.VerifyOrganisation("company register"));
    step(
        eui,
        new RegistrationStep.NominateSenior(
            "Ada Senior", RegistrationStep.Position.DIRECTOR, "D. Director"));
    step(eui, new RegistrationStep.VerifyOfficer(1, "passport"));
    step(eui, new RegistrationStep.NominateAuthorised(OFFICER_NAME, 1));
    step(eui, new RegistrationStep.VerifyOfficer(OFFICER, "passport"));
  }

  /** Gives officer 2 a credential. */
  public CertificateRecord credential(Eui64 eui) {
    Credential given = registrations.credential("registrar", eui, OFFICER, smki.newKey());
    assertThat(given).isInstanceOf(Credential.Given.class);
    return ((Credential.Given) given).record();
  }

  /** Takes a step that must succeed. */
  public void step(Eui64 eui, RegistrationStep step) {
    assertThat(registrations.step("registrar", eui, step))
        .isInstanceOf(RegistrationOutcome.Accepted.class);
  }

  @Override
  public void close() {
    store.close();
  }
}
