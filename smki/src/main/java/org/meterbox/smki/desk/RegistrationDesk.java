// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.people.Act;
import org.meterbox.smki.people.Admission;
import org.meterbox.smki.people.Duty;
import org.meterbox.smki.people.Person;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.registration.RegistrationAuthority.Credential;
import org.meterbox.smki.registration.RegistrationOutcome;
import org.meterbox.smki.registration.RegistrationStep;
import org.meterbox.smki.repository.CertificateRecord;

/** Takes organisations and their officers through the registration (SMKI RAPP). */
public final class RegistrationDesk {
  private final Infrastructure smki;
  private final Gate gate;

  /** Works on this infrastructure. */
  public RegistrationDesk(Infrastructure smki) {
    this.smki = smki;
    this.gate = new Gate(smki.audit());
  }

  /** The registrations that the person may see: officers see their own. */
  public Outcome<List<Registration>> list(Person person) {
    return gate.pass(
        person,
        Act.READ_REGISTRATIONS,
        () ->
            Outcome.done(
                RequestDesk.organisation(person.duty())
                    .map(own -> smki.registrations().find(own).stream().toList())
                    .orElseGet(() -> smki.registrations().list())));
  }

  /** One registration. */
  public Outcome<Registration> find(Person person, Eui64 eui) {
    return gate.pass(
        person,
        Act.READ_REGISTRATIONS,
        () ->
            smki.registrations()
                .find(eui)
                .filter(
                    found -> RequestDesk.organisation(person.duty()).map(eui::equals).orElse(true))
                .map(Outcome::done)
                .orElseGet(() ->
                    Outcome.refused(
                        Refusal.Kind.NOT_FOUND,
                        RegistrationOutcome.Rule.KNOWN.name(),
                        RegistrationOutcome.Rule.KNOWN.demand(),
                        eui + " is not registered, or not for this person to see")));
  }

  /** Enters an application. */
  public Outcome<Registration> apply(
      Person person,
      Eui64 eui,
      String name,
      Set<RemotePartyRole> roles,
      List<EuiRange> organisations,
      List<EuiRange> devices) {
    return gate.pass(
        person,
        Act.CHANGE_REGISTRATIONS,
        () ->
            outcome(
                smki.registrations()
                    .apply(person.actor(), eui, name, roles, organisations, devices)));
  }

  /** Takes a step. */
  public Outcome<Registration> step(Person person, Eui64 eui, RegistrationStep step) {
    return gate.pass(
        person,
        Act.CHANGE_REGISTRATIONS,
        () -> outcome(smki.registrations().step(person.actor(), eui, step)));
  }

  /** Certifies an officer's key in the IKI: the officer's credential. */
  public Outcome<CertificateRecord> credential(
      Person person, Eui64 eui, int officer, ECPublicKey key) {
    return gate.pass(
        person,
        Act.CHANGE_REGISTRATIONS,
        () ->
            switch (smki.registrations().credential(person.actor(), eui, officer, key)) {
              case Credential.Given(CertificateRecord record) -> Outcome.done(record);
              case Credential.Refused(RegistrationOutcome.Refused(var rule, String detail)) ->
                  refused(rule, detail);
              case Credential.KeyUsedBefore() ->
                  refused(Admission.Rule.FRESH_KEY, "a certificate with this key exists");
            });
  }

  /**
   * Gives an officer a DCCKI user certificate. Staff and auditors get theirs from whoever runs the
   * installation, so that the registration authority cannot appoint its own auditor.
   */
  public Outcome<CertificateRecord> admit(
      Person person, Eui64 organisation, int officer, ECPublicKey key) {
    return gate.pass(
        person,
        Act.CHANGE_REGISTRATIONS,
        () -> {
          Optional<String> name =
              smki.registrations()
                  .find(organisation)
                  .flatMap(found -> found.officer(officer))
                  .map(found -> found.name());
          if (name.isEmpty()) {
            return refused(
                RegistrationOutcome.Rule.OFFICER,
                String.format(Locale.ROOT, "officer %d of %s", officer, organisation));
          }
          Duty duty = new Duty.AuthorisedOfficer(organisation, officer);
          return switch (smki.people().admit(person.actor(), name.get(), duty, key)) {
            case Admission.Admitted(CertificateRecord record) -> Outcome.done(record);
            case Admission.Refused(var rule, String detail) -> refused(rule, detail);
          };
        });
  }

  private static Outcome<Registration> outcome(RegistrationOutcome outcome) {
    return switch (outcome) {
      case RegistrationOutcome.Accepted(Registration next, String _) -> Outcome.done(next);
      case RegistrationOutcome.Refused(var rule, String detail) -> refused(rule, detail);
    };
  }

  static <T> Outcome<T> refused(RegistrationOutcome.Rule rule, String detail) {
    return Outcome.refused(Refusal.Kind.BROKEN_RULE, rule.name(), rule.demand(), detail);
  }

  private static <T> Outcome<T> refused(Admission.Rule rule, String detail) {
    return Outcome.refused(Refusal.Kind.BROKEN_RULE, rule.name(), rule.demand(), detail);
  }
}
