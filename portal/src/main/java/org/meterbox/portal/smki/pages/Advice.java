// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.pages;

import org.meterbox.smki.desk.Refusal;

/** What somebody can do after a refusal. */
final class Advice {
  private Advice() {}

  static String on(Refusal refusal) {
    return switch (refusal.kind()) {
      case BROKEN_RULE -> onRule(refusal.rule());
      case MALFORMED -> "Correct what was entered and send it again.";
      case NOT_ALLOWED ->
          refusal.rule().equals("SAME_ORIGIN")
              ? "Open the portal's own page and send the form from there."
              : "Ask a colleague with that duty, or choose another certificate in your browser.";
      case UNKNOWN_PERSON ->
          "Choose your DCCKI user certificate or IKI credential when the browser asks.";
      case NOT_FOUND -> "Check the number, or go back and search again.";
      case WRONG_HOST -> "Open the portal by the address that meterbox printed at its start.";
      case TOO_LARGE -> "Send it in smaller parts.";
      case BUSY -> "Try again in a minute.";
    };
  }

  /** Codes of different desks do not clash: one code, one meaning. */
  private static String onRule(String rule) {
    return switch (rule) {
      case "WELL_FORMED" ->
          "Make the request anew: it must be PKCS#10 with exactly one key usage, and name either"
              + " a device or an organisation with its role.";
      case "PROOF_OF_POSSESSION" ->
          "Sign the request with the private key that belongs to the public key in it.";
      case "CURVE" -> "Make a key on the curve P-256 (prime256v1) and a request with it.";
      case "FRESH_KEY" -> "Make a new key: one key serves one certificate and one purpose.";
      case "SUBJECT_ENTITLEMENT" ->
          "Check the EUI-64 in the request against the ranges of your organisation; the"
              + " registration authority can extend them.";
      case "ROLE_ENTITLEMENT" ->
          "Check the role in the request's organizational unit against the roles of your"
              + " organisation.";
      case "PROFILE" -> "Check role and key usage: not every role has every sort of certificate.";
      case "AUTHORITY_IN_FORCE" -> "Tell the operator: the issuing authority must be renewed.";
      case "BATCH_SIZE" ->
          "Check that the file has one Base64 request a line, and split long ones.";
      case "BATCH_SUBSCRIBER", "ORDER" ->
          "See under Organisations which step of the registration comes next.";
      case "REVOCABLE" ->
          "Certificates of devices are never revoked; the device gets another key instead.";
      case "NOT_REVOKED_BEFORE" -> "Nothing is left to do.";
      case "ENTITLEMENT" -> "Only the organisation that holds the certificate can have it revoked.";
      case "NEW_APPLICANT" -> "Look the organisation up in the list.";
      case "OFFICER_PROGRESS" -> "Take the steps of the officer's appointment in their order.";
      case "NOMINATOR" -> "Verify the Senior Responsible Officer first.";
      default -> "Correct what was entered and send it again.";
    };
  }
}
