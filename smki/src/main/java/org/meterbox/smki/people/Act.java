// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.people;

/** What people do with the key infrastructures; {@link Duty#allows} says who may. */
public enum Act {
  /** Looks up certificates, revocation lists and what ends soon. */
  READ_REPOSITORY("look up certificates"),
  /** Sees how batches come along and fetches their results. */
  READ_BATCHES("see batches"),
  /** Asks for certificates for the own organisation. */
  REQUEST_CERTIFICATES("request certificates"),
  /** Asks for the revocation of the own organisation's certificates. */
  REVOKE_CERTIFICATES("revoke certificates"),
  /** Enters what a Non-Gateway Supplier asked for. */
  REQUEST_FOR_NON_GATEWAY_SUPPLIERS("request certificates for Non-Gateway Suppliers"),
  /** Sees registrations. */
  READ_REGISTRATIONS("see registrations"),
  /** Takes a step of a registration. */
  CHANGE_REGISTRATIONS("change registrations"),
  /** Reads and checks the audit log. */
  READ_AUDIT("read the audit log");

  private final String words;

  Act(String words) {
    this.words = words;
  }

  /** The act in words, to follow "may". */
  public String words() {
    return words;
  }
}
