// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.registration.Officer.Duty;
import org.meterbox.smki.registration.Officer.Progress;
import org.meterbox.smki.registration.RegistrationOutcome.Accepted;
import org.meterbox.smki.registration.RegistrationOutcome.Refused;
import org.meterbox.smki.registration.RegistrationOutcome.Rule;

/** Decides on steps: a registration and a step in, an outcome out. */
final class RegistrationRules {
  private static final int EVIDENCE_LENGTH_MAX = 500;
  private static final Set<RemotePartyRole> ROLES_OF_AUTHORITIES =
      EnumSet.of(RemotePartyRole.ROOT, RemotePartyRole.ISSUING_AUTHORITY);

  private RegistrationRules() {}

  static RegistrationOutcome apply(Registration application) {
    if (!isText(application.name(), Registration.NAME_LENGTH_MAX)) {
      return new Refused(Rule.TEXT, "the organisation's name");
    }
    if (application.roles().isEmpty()
        || application.roles().stream().anyMatch(ROLES_OF_AUTHORITIES::contains)
        || application.organisations().size() > Registration.RANGES_MAX
        || application.devices().size() > Registration.RANGES_MAX) {
      return new Refused(Rule.ENTITLEMENT, "roles " + application.roles());
    }
    return new Accepted(
        application,
        String.format(
            Locale.ROOT,
            "%s (%s) applied for %s",
            application.name(),
            application.eui(),
            application.roles()));
  }

  static RegistrationOutcome decide(Registration from, RegistrationStep step) {
    if (from.standing() == Standing.WITHDRAWN) {
      return new Refused(Rule.ORDER, from.name() + " was withdrawn");
    }
    return switch (step) {
      case RegistrationStep.VerifyOrganisation verify -> verifyOrganisation(from, verify);
      case RegistrationStep.NominateSenior nominate -> nominateSenior(from, nominate);
      case RegistrationStep.NominateAuthorised nominate -> nominateAuthorised(from, nominate);
      case RegistrationStep.VerifyOfficer verify -> verifyOfficer(from, verify);
      case RegistrationStep.GiveCredential give -> giveCredential(from, give);
      case RegistrationStep.Authorise() -> authorise(from);
      case RegistrationStep.NoteRequest() ->
          advance(from, Standing.AUTHORISED_SUBSCRIBER, Standing.ELIGIBLE_SUBSCRIBER);
      case RegistrationStep.NoteCertificate() ->
          advance(from, Standing.ELIGIBLE_SUBSCRIBER, Standing.SUBSCRIBER);
      case RegistrationStep.RemoveOfficer remove -> removeOfficer(from, remove);
      case RegistrationStep.Withdraw(String reason) ->
          isText(reason, EVIDENCE_LENGTH_MAX)
              ? new Accepted(
                  from.with(Standing.WITHDRAWN), from.name() + " was withdrawn: " + reason)
              : new Refused(Rule.TEXT, "the reason");
    };
  }

  private static RegistrationOutcome verifyOrganisation(
      Registration from, RegistrationStep.VerifyOrganisation verify) {
    if (from.standing() != Standing.APPLICANT) {
      return new Refused(Rule.ORDER, from.name() + " is " + from.standing());
    }
    if (!isText(verify.evidence(), EVIDENCE_LENGTH_MAX)) {
      return new Refused(Rule.TEXT, "the evidence");
    }
    return new Accepted(
        from.with(Standing.VERIFIED), from.name() + " was verified by " + verify.evidence());
  }

  private static RegistrationOutcome nominateSenior(
      Registration from, RegistrationStep.NominateSenior nominate) {
    if (from.standing() == Standing.APPLICANT) {
      return new Refused(Rule.ORDER, from.name() + " is not verified yet");
    }
    if (!isText(nominate.nominator(), Registration.NAME_LENGTH_MAX)) {
      return new Refused(Rule.TEXT, "the nominator's name");
    }
    return nominate(
        from,
        nominate.name(),
        Duty.SENIOR_RESPONSIBLE_OFFICER,
        nominate.nominator() + ", " + nominate.position());
  }

  private static RegistrationOutcome nominateAuthorised(
      Registration from, RegistrationStep.NominateAuthorised nominate) {
    Optional<Officer> senior = from.officer(nominate.senior());
    if (senior.isEmpty()
        || senior.get().duty() != Duty.SENIOR_RESPONSIBLE_OFFICER
        || senior.get().progress() == Progress.NOMINATED
        || senior.get().progress() == Progress.REMOVED) {
      return new Refused(
          Rule.NOMINATOR,
          String.format(Locale.ROOT, "officer %d is no verified Senior one", nominate.senior()));
    }
    return nominate(
        from, nominate.name(), Duty.AUTHORISED_RESPONSIBLE_OFFICER, senior.get().name());
  }

  private static RegistrationOutcome nominate(
      Registration from, String name, Duty duty, String nominator) {
    if (!isText(name, Registration.NAME_LENGTH_MAX)
        || from.officers().size() >= Registration.OFFICERS_MAX) {
      return new Refused(Rule.TEXT, "the person's name, or too many persons");
    }
    Officer officer =
        new Officer(
            from.officers().size() + 1,
            name,
            duty,
            Progress.NOMINATED,
            nominator,
            Optional.empty());
    return new Accepted(
        from.with(officer),
        String.format(
            Locale.ROOT,
            "%s was put forward as %s %d of %s by %s",
            name,
            duty,
            officer.number(),
            from.name(),
            nominator));
  }

  private static RegistrationOutcome verifyOfficer(
      Registration from, RegistrationStep.VerifyOfficer verify) {
    if (!isText(verify.evidence(), EVIDENCE_LENGTH_MAX)) {
      return new Refused(Rule.TEXT, "the evidence");
    }
    return forOfficer(
        from,
        verify.officer(),
        EnumSet.of(Progress.NOMINATED),
        officer ->
            new Accepted(
                from.with(officer.with(Progress.VERIFIED)),
                String.format(
                    Locale.ROOT,
                    "%s of %s was verified by %s",
                    officer.name(),
                    from.name(),
                    verify.evidence())));
  }

  /** A lost or ended credential is replaced by a new one. */
  private static RegistrationOutcome giveCredential(
      Registration from, RegistrationStep.GiveCredential give) {
    return forOfficer(
        from,
        give.officer(),
        EnumSet.of(Progress.VERIFIED, Progress.CREDENTIALLED),
        officer ->
            new Accepted(
                from.with(officer.with(give.credential())),
                String.format(
                    Locale.ROOT,
                    "%s of %s was given the credential %s",
                    officer.name(),
                    from.name(),
                    give.credential())));
  }

  private static RegistrationOutcome removeOfficer(
      Registration from, RegistrationStep.RemoveOfficer remove) {
    if (!isText(remove.reason(), EVIDENCE_LENGTH_MAX)) {
      return new Refused(Rule.TEXT, "the reason");
    }
    return forOfficer(
        from,
        remove.officer(),
        EnumSet.of(Progress.NOMINATED, Progress.VERIFIED, Progress.CREDENTIALLED),
        officer ->
            new Accepted(
                from.with(officer.with(Progress.REMOVED)),
                String.format(
                    Locale.ROOT,
                    "%s acts no more for %s: %s",
                    officer.name(),
                    from.name(),
                    remove.reason())));
  }

  private static RegistrationOutcome authorise(Registration from) {
    boolean hasSenior = from.officers().stream().anyMatch(RegistrationRules::isActiveSenior);
    boolean hasAuthorised = from.officers().stream().anyMatch(Officer::maySubmit);
    if (from.standing() != Standing.VERIFIED || !hasSenior || !hasAuthorised) {
      return new Refused(
          Rule.ORDER,
          String.format(
              Locale.ROOT,
              "%s is %s, %s a verified Senior and %s a credentialled Authorised Responsible Officer",
              from.name(),
              from.standing(),
              hasSenior ? "with" : "without",
              hasAuthorised ? "with" : "without"));
    }
    return new Accepted(
        from.with(Standing.AUTHORISED_SUBSCRIBER), from.name() + " is an Authorised Subscriber");
  }

  private static boolean isActiveSenior(Officer officer) {
    return officer.duty() == Duty.SENIOR_RESPONSIBLE_OFFICER
        && (officer.progress() == Progress.VERIFIED
            || officer.progress() == Progress.CREDENTIALLED);
  }

  /** Moves on from one standing to the next; whoever is further stays there. */
  private static RegistrationOutcome advance(Registration from, Standing before, Standing after) {
    if (from.standing().compareTo(after) >= 0) {
      return new Accepted(from, "");
    }
    return from.standing() == before
        ? new Accepted(from.with(after), from.name() + " is " + after)
        : new Refused(Rule.ORDER, from.name() + " is " + from.standing());
  }

  private static RegistrationOutcome forOfficer(
      Registration from,
      int number,
      Set<Progress> allowed,
      Function<Officer, RegistrationOutcome> decision) {
    Optional<Officer> officer = from.officer(number);
    if (officer.isEmpty()) {
      return new Refused(
          Rule.OFFICER, String.format(Locale.ROOT, "officer %d of %s", number, from.name()));
    }
    return allowed.contains(officer.get().progress())
        ? decision.apply(officer.get())
        : new Refused(
            Rule.OFFICER_PROGRESS, officer.get().name() + " is " + officer.get().progress());
  }

  private static boolean isText(String text, int lengthMax) {
    return !text.isBlank()
        && text.length() <= lengthMax
        && text.chars().noneMatch(Character::isISOControl);
  }
}
