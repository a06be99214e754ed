// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.people;

import java.util.Locale;
import org.meterbox.smki.people.Duty.AuthorisedOfficer;

/**
 * A person whose certificate was checked.
 *
 * @param name as in the certificate, at most 64 characters
 * @param duty in what capacity the person acts
 */
public record Person(String name, Duty duty) {
  /** How the audit log names the person; at most 128 characters. */
  public String actor() {
    return switch (duty) {
      case AuthorisedOfficer(var organisation, int officer) ->
          String.format(Locale.ROOT, "%s, ARO %d of %s", name, officer, organisation);
      case Duty.RegistrationStaff() -> name + ", registration authority";
      case Duty.Auditor() -> name + ", auditor";
    };
  }
}
