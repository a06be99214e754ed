// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.validation;

import java.security.cert.X509Certificate;
import java.util.List;

/** What a validation came to. */
public sealed interface Verdict {
  /**
   * The certificate is to be believed.
   *
   * @param chain the certificate, then its issuers up to the root
   */
  record Trusted(List<X509Certificate> chain) implements Verdict {
    /** Keeps the chain as it is now. */
    public Trusted {
      chain = List.copyOf(chain);
    }
  }

  /** The certificate is not to be believed, since this rule does not hold. */
  record Distrusted(ValidationRule rule, String detail) implements Verdict {}
}
