// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

import org.meterbox.smki.repository.CertificateId;

/** One step of an organisation's registration. */
public sealed interface RegistrationStep {
  /** Who may put a Senior Responsible Officer forward. */
  enum Position {
    COMPANY_SECRETARY,
    DIRECTOR,
    CHIEF_INFORMATION_SECURITY_OFFICER
  }

  /** The organisation's identity was verified face to face. */
  record VerifyOrganisation(String evidence) implements RegistrationStep {}

  /** Somebody in a leading position puts a Senior Responsible Officer forward. */
  record NominateSenior(String name, Position position, String nominator)
      implements RegistrationStep {}

  /** A Senior Responsible Officer puts an Authorised Responsible Officer forward. */
  record NominateAuthorised(String name, int senior) implements RegistrationStep {}

  /** A person's identity was verified face to face. */
  record VerifyOfficer(int officer, String evidence) implements RegistrationStep {}

  /** A verified person was given an IKI credential. */
  record GiveCredential(int officer, CertificateId credential) implements RegistrationStep {}

  /** The organisation becomes an Authorised Subscriber. */
  record Authorise() implements RegistrationStep {}

  /** The organisation submitted a certificate request. */
  record NoteRequest() implements RegistrationStep {}

  /** The organisation received a certificate. */
  record NoteCertificate() implements RegistrationStep {}

  /** A person acts for the organisation no more. */
  record RemoveOfficer(int officer, String reason) implements RegistrationStep {}

  /** The organisation may do nothing any more. */
  record Withdraw(String reason) implements RegistrationStep {}
}
