// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

/** What became of a step. */
public sealed interface RegistrationOutcome {
  /**
   * The step was taken.
   *
   * @param next the registration after it
   * @param account what happened, in words, for the audit log
   */
  record Accepted(Registration next, String account) implements RegistrationOutcome {}

  /** The step was not taken. */
  record Refused(Rule rule, String detail) implements RegistrationOutcome {}

  /** The rules that steps must keep. */
  enum Rule {
    /** One organisation, one registration. */
    NEW_APPLICANT("the identifier is not registered yet"),
    /** The organisation is registered. */
    KNOWN("the organisation is registered"),
    /** Names and evidence are given and not too long. */
    TEXT("names and evidence are given, within their limits"),
    /** Roles can be held by organisations; ranges are few. */
    ENTITLEMENT("the roles are roles of organisations, and the ranges are few"),
    /** Steps come in their order. */
    ORDER("the organisation has come far enough for this step, and not further"),
    /** The person is an officer of the organisation. */
    OFFICER("the person is an officer of the organisation"),
    /** The person has come far enough. */
    OFFICER_PROGRESS("the person's appointment has come far enough for this step"),
    /** Who nominates has the right to. */
    NOMINATOR("an Authorised Responsible Officer is put forward by a verified Senior one");

    private final String demand;

    Rule(String demand) {
      this.demand = demand;
    }

    /** What the rule demands, for people. */
    public String demand() {
      return demand;
    }
  }
}
