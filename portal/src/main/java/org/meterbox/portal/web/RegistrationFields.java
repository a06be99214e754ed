// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.registration.Registration;
import org.meterbox.smki.registration.RegistrationStep;

/** Registrations and their steps as forms and JSON spell them. */
public final class RegistrationFields {
  private RegistrationFields() {}

  /** Reads the step that the field {@code step} names, from the fields that it needs. */
  public static RegistrationStep step(Fields fields) throws TurnedAwayException {
    String step = fields.get("step");
    return switch (step) {
      case "verify-organisation" -> new RegistrationStep.VerifyOrganisation(fields.get("evidence"));
      case "nominate-senior" ->
          new RegistrationStep.NominateSenior(
              fields.get("name"),
              fields.getOne("position", RegistrationStep.Position.class),
              fields.get("nominator"));
      case "nominate-authorised" ->
          new RegistrationStep.NominateAuthorised(fields.get("name"), officer(fields, "senior"));
      case "verify-officer" ->
          new RegistrationStep.VerifyOfficer(officer(fields, "officer"), fields.get("evidence"));
      case "authorise" -> new RegistrationStep.Authorise();
      case "remove-officer" ->
          new RegistrationStep.RemoveOfficer(officer(fields, "officer"), fields.get("reason"));
      case "withdraw" -> new RegistrationStep.Withdraw(fields.get("reason"));
      default ->
          throw TurnedAwayException.parameter(
              "step",
              "one of verify-organisation, nominate-senior, nominate-authorised, verify-officer,"
                  + " authorise, remove-officer, withdraw");
    };
  }

  /** An officer's number. */
  public static int officer(Fields fields, String name) throws TurnedAwayException {
    return (int) fields.getNumber(name, 1, Registration.OFFICERS_MAX);
  }

  /** Ranges, one a line or one a text: an EUI-64, or the first and the last joined by "..". */
  public static List<EuiRange> ranges(Fields fields, String name) throws TurnedAwayException {
    List<EuiRange> ranges = new ArrayList<>();
    for (String text : fields.all(name)) {
      for (String line : text.lines().map(String::strip).toList()) {
        if (!line.isEmpty()) {
          ranges.add(range(name, line));
        }
      }
    }
    return ranges;
  }

  private static EuiRange range(String name, String line) throws TurnedAwayException {
    try {
      int dots = line.indexOf("..");
      return dots < 0
          ? EuiRange.of(Eui64.parse(line))
          : new EuiRange(
              Eui64.parse(line.substring(0, dots).strip()),
              Eui64.parse(line.substring(dots + 2).strip()));
    } catch (IllegalArgumentException malformed) {
      throw TurnedAwayException.parameter(
          name, "an EUI-64, or two joined by \"..\", the lower one first");
    }
  }
}
