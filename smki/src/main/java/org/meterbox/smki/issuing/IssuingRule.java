// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

/** The rules that a certificate request must keep; a refusal names the one that it broke. */
public enum IssuingRule {
  /** The request is a PKCS#10 structure in DER, with names and extensions of a known profile. */
  WELL_FORMED("the request is well-formed PKCS#10"),
  /** The request is signed with the private key whose public half it presents. */
  PROOF_OF_POSSESSION("the requester holds the private key"),
  /** The key lies on P-256. */
  CURVE("the key lies on P-256"),
  /** No certificate holds the key: another purpose, party or period takes another key. */
  FRESH_KEY("the key was never certified before"),
  /** The requester may ask for certificates of this organisation or device. */
  SUBJECT_ENTITLEMENT("the requester may ask for this EUI-64"),
  /** The organisation holds the role that the certificate would name. */
  ROLE_ENTITLEMENT("the organisation holds the role"),
  /** A profile exists for this subject, role and use. */
  PROFILE("the subject, role and use have a certificate profile"),
  /** The issuing authority is in force now and outlives the certificate, where that one ends. */
  AUTHORITY_IN_FORCE("the issuing authority is in force and outlives the certificate"),
  /** The issuing authority's own certificate was not taken back. */
  AUTHORITY_NOT_REVOKED("the issuing authority was not revoked");

  private final String demand;

  IssuingRule(String demand) {
    this.demand = demand;
  }

  /** What the rule demands, for people. */
  public String demand() {
    return demand;
  }
}
