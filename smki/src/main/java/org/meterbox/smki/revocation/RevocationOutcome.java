// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import org.meterbox.smki.repository.CertificateRecord;

/** What became of a certificate revocation request. */
public sealed interface RevocationOutcome {
  /** The certificate is revoked and the list that says so is signed. */
  record Revoked(CertificateRecord record) implements RevocationOutcome {}

  /** Nothing was revoked. */
  record Refused(Rule rule, String detail) implements RevocationOutcome {}

  /** The rules that a revocation request must keep. */
  enum Rule {
    /** The certificate is in the repository. */
    KNOWN("the certificate is in the repository"),
    /** Certificates of devices and roots cannot be revoked; those of authorities in a ceremony. */
    REVOCABLE("certificates of this kind can be revoked on request"),
    /** The requester is the certificate's subscriber. */
    ENTITLEMENT("the requester is the certificate's subscriber"),
    /** A certificate is revoked once. */
    NOT_REVOKED_BEFORE("the certificate was not revoked before");

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
