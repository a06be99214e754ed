// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.security.cert.X509Certificate;
import java.util.List;
import org.meterbox.smki.repository.CertificateRecord;

/** What became of a certificate request. */
public sealed interface Issuance {
  /**
   * The certificate was issued and is in the repository.
   *
   * @param record the certificate there
   * @param chain the certificate, then its issuers up to the root
   */
  record Issued(CertificateRecord record, List<X509Certificate> chain) implements Issuance {
    /** Keeps the chain as it is now. */
    public Issued {
      chain = List.copyOf(chain);
    }
  }

  /**
   * No certificate was issued.
   *
   * @param rule the first rule that the request broke
   * @param detail what in the request broke it
   */
  record Refused(IssuingRule rule, String detail) implements Issuance {}
}
