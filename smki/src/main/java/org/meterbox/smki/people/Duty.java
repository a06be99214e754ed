// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.people;

import org.meterbox.kernel.Eui64;

/** In what capacity a person works with the key infrastructures. */
public sealed interface Duty {
  /**
   * An Authorised Responsible Officer: asks for certificates and revocations for one organisation.
   *
   * @param organisation the organisation
   * @param officer the person's number in its registration
   */
  record AuthorisedOfficer(Eui64 organisation, int officer) implements Duty {}

  /** Works for the registration authority: takes organisations and officers through their steps. */
  record RegistrationStaff() implements Duty {}

  /** Reads everything, the audit log included, and changes nothing. */
  record Auditor() implements Duty {}

  /** What a person would call it. */
  default String title() {
    return switch (this) {
      case AuthorisedOfficer _ -> "Authorised Responsible Officer";
      case RegistrationStaff() -> "Registration authority";
      case Auditor() -> "Auditor";
    };
  }

  /** Whether it covers such acts at all; for an officer, within the own organisation's affairs. */
  default boolean allows(Act act) {
    return switch (act) {
      case READ_REPOSITORY, READ_BATCHES, READ_REGISTRATIONS -> true;
      case REQUEST_CERTIFICATES, REVOKE_CERTIFICATES -> this instanceof AuthorisedOfficer;
      case CHANGE_REGISTRATIONS, REQUEST_FOR_NON_GATEWAY_SUPPLIERS ->
          this instanceof RegistrationStaff;
      case READ_AUDIT -> this instanceof Auditor;
    };
  }
}
