// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateDer;

/** PEM as RFC 7468 writes it. */
public final class PemText {
  private static final int LINE_LENGTH = 64;

  private PemText() {}

  /** A certificate. */
  public static String of(X509Certificate certificate) {
    return of("CERTIFICATE", CertificateDer.encode(certificate));
  }

  /** Anything under its label. */
  public static String of(String label, Octets der) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
    return String.format(
        Locale.ROOT,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n",
        label,
        lines.encodeToString(der.toArray()),
        label);
  }
}
