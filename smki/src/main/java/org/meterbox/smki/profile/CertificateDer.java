// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;

/** Certificates to octets and back. */
public final class CertificateDer {
  /** Longest certificate accepted, in octets; those of SMKI have 350 to 700. */
  public static final int OCTETS_MAX = 8192;

  private CertificateDer() {}

  /** The octets of the certificate. */
  public static Octets encode(X509Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has no encoding", e);
    }
  }

  /**
   * Reads one certificate and nothing behind it.
   *
   * @throws DecodeException where the octets are not one X.509 certificate
   */
  public static X509Certificate decode(Octets der) throws DecodeException {
    if (der.length() > OCTETS_MAX) {
      throw new DecodeException(
          Fault.LIMIT_EXCEEDED, OCTETS_MAX, "Certificate", "more than " + OCTETS_MAX + " octets");
    }
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(der.toArray());
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      if (in.available() > 0 || !encode(certificate).equals(der)) {
        throw new DecodeException(
            Fault.LEFT_OVER, der.length() - in.available(), "Certificate", "octets behind it");
      }
      SignatureDer.requireWholeOctets(der, certificate.getSignature());
      return certificate;
    } catch (CertificateException e) {
      throw new DecodeException(
          Fault.UNEXPECTED_VALUE, 0, "Certificate", "not an X.509 certificate in DER");
    }
  }
}
