// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.dccki;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateKind;

/** Who stands at the other end of a TLS connection, after TLS has checked its certificate. */
public final class TlsIdentity {
  private TlsIdentity() {}

  /** The organisation that a DCCKI infrastructure certificate names; none in any other one. */
  public static Optional<Eui64> of(X509Certificate peer) {
    try {
      CertificateContents contents = CertificateContents.read(peer);
      return contents.kind() == CertificateKind.DCCKI_INFRASTRUCTURE
          ? contents.subject()
          : Optional.empty();
    } catch (DecodeException notOurs) {
      return Optional.empty();
    }
  }
}
