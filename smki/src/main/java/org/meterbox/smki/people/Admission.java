// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.people;

import org.meterbox.smki.repository.CertificateRecord;

/** What became of the wish to give a person a certificate. */
public sealed interface Admission {
  /** The certificate, in the repository. */
  record Admitted(CertificateRecord record) implements Admission {}

  /** No certificate. */
  record Refused(Rule rule, String detail) implements Admission {}

  /** The rules that an admission must keep. */
  enum Rule {
    /** A name is given and not too long. */
    NAME("the person's name has 1 to 64 characters"),
    /** No certificate holds the key. */
    FRESH_KEY("the key was never certified before"),
    /** An officer is one that the registration authority let in, under the same name. */
    OFFICER("the person is an Authorised Responsible Officer with a credential");

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
