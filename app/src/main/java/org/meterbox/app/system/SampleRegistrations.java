// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.registration.Officer;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.registration.RegistrationAuthority;
import org.meterbox.smki.registration.RegistrationAuthority.Credential;
import org.meterbox.smki.registration.RegistrationOutcome;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.registration.Standing;
import org.meterbox.smki.vault.HeldKey;
import org.meterbox.smki.vault.KeyVault;

/**
 * Takes the participants through the registration authority's steps, as real ones would go. What a
 * crash left undone the next start completes; what people changed since then stays.
 */
final class SampleRegistrations {
  /** Every device that this installation may make. */
  static final EuiRange DEVICES =
      new EuiRange(Eui64.parse("00-DB-12-34-56-78-00-00"), Eui64.parse("00-DB-12-34-56-78-FF-FF"));

  /** The officers' numbers, in the order of their nomination. */
  static final int SENIOR = 1;

  static final int AUTHORISED = 2;

  /** The name of an officer's IKI key in the officer's vault. */
  static final String CREDENTIAL_KEY = "iki-credential";

  private static final String ACTOR = "installation";
  private static final String SENIOR_NAME = "Sam Director";
  private static final String EVIDENCE = "sample data of this installation";

  private final RegistrationAuthority registrations;
  private final CertificateAuthority iki;

  /**
   * Registers there.
   *
   * @param iki issues the officers' credentials
   */
  SampleRegistrations(RegistrationAuthority registrations, CertificateAuthority iki) {
    this.registrations = registrations;
    this.iki = iki;
  }

  /**
   * Registers an organisation.
   *
   * @param officer its Authorised Responsible Officer
   * @param vault keeps the officer's IKI key
   */
  void register(Participant organisation, SamplePerson officer, KeyVault vault) {
    Eui64 eui = organisation.id();
    if (registrations.find(eui).isEmpty()) {
      require(
          registrations.apply(
              ACTOR,
              eui,
              organisation.title(),
              Set.of(organisation.partyRole(), RemotePartyRole.XML_SIGNING),
              List.of(EuiRange.of(eui)),
              List.of(DEVICES)));
    }
    if (registration(eui).standing() == Standing.APPLICANT) {
      step(eui, new RegistrationStep.VerifyOrganisation(EVIDENCE));
    }
    appoint(
        eui,
        SENIOR,
        new RegistrationStep.NominateSenior(
            SENIOR_NAME, RegistrationStep.Position.DIRECTOR, SENIOR_NAME));
    appoint(eui, AUTHORISED, new RegistrationStep.NominateAuthorised(officer.name(), SENIOR));
    if (registration(eui).officer(AUTHORISED).orElseThrow().progress()
        == Officer.Progress.VERIFIED) {
      giveCredential(eui, vault);
    }
    if (registration(eui).standing() == Standing.VERIFIED) {
      step(eui, new RegistrationStep.Authorise());
    }
  }

  private void appoint(Eui64 eui, int number, RegistrationStep nomination) {
    if (registration(eui).officer(number).isEmpty()) {
      step(eui, nomination);
    }
    if (registration(eui).officer(number).orElseThrow().progress() == Officer.Progress.NOMINATED) {
      step(eui, new RegistrationStep.VerifyOfficer(number, EVIDENCE));
    }
  }

  /** A key without a noted credential is one that a crash left: it goes. */
  private void giveCredential(Eui64 eui, KeyVault vault) {
    vault.destroy(CREDENTIAL_KEY);
    HeldKey _ =
        vault.create(
            CREDENTIAL_KEY,
            key ->
                switch (registrations.credential(
                    ACTOR, eui, AUTHORISED, P256.publicKey(key.publicKey()))) {
                  case Credential.Given(var record) -> chain(record.certificate());
                  case Credential.Refused(var refusal) -> throw failed(refusal);
                  case Credential.KeyUsedBefore() ->
                      throw new IllegalStateException("a fresh key was certified before");
                });
  }

  private List<X509Certificate> chain(X509Certificate credential) {
    List<X509Certificate> chain = new ArrayList<>(iki.chain());
    chain.addFirst(credential);
    return chain;
  }

  private Registration registration(Eui64 eui) {
    return registrations.find(eui).orElseThrow();
  }

  private void step(Eui64 eui, RegistrationStep step) {
    require(registrations.step(ACTOR, eui, step));
  }

  private static void require(RegistrationOutcome outcome) {
    if (outcome instanceof RegistrationOutcome.Refused refused) {
      throw failed(refused);
    }
  }

  private static IllegalStateException failed(RegistrationOutcome.Refused refused) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT,
            "a sample registration is refused: %s, %s",
            refused.rule(),
            refused.detail()));
  }
}
