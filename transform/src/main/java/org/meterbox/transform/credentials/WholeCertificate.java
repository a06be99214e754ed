// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.credentials;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.gbcs.asn1.KeyUsage;
import org.meterbox.kernel.Octets;

/**
 * Certificates of a request. They go into a command as they are, beside other DER values: what is
 * not exactly one value would change the meaning of all that follows.
 */
final class WholeCertificate {
  /** Bits of the extension keyUsage (RFC 5280, 4.2.1.3). */
  private static final int DIGITAL_SIGNATURE = 0;

  private static final int KEY_AGREEMENT = 4;
  private static final int SEQUENCE = 0x30;
  private static final int LONG_FORM = 0x80;
  private static final int MAX_LENGTH_OCTETS = 2;

  private WholeCertificate() {}

  /**
   * The certificate that an element brings. Whether it is one that can be trusted, the device finds
   * out.
   *
   * @throws ElementException unless the octets are one DER sequence from the first to the last
   */
  static Certificate of(XmlElement element) throws ElementException {
    Octets octets = element.base64();
    if (octets.length() < 2 || octets.at(0) != SEQUENCE || !isWhole(octets)) {
      throw element.fault("is no certificate");
    }
    return new Certificate(octets);
  }

  /**
   * The certificate that an element brings for a cell of this use.
   *
   * @throws ElementException unless it is an X.509 certificate of a key for that use
   */
  static Certificate of(XmlElement element, KeyUsage use) throws ElementException {
    Certificate whole = of(element);
    boolean[] usage;
    try {
      usage =
          ((X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(element.base64().toArray())))
              .getKeyUsage();
    } catch (CertificateException malformed) {
      throw element.fault("is no X.509 certificate");
    }
    int bit = use.equals(KeyUsage.DIGITAL_SIGNATURE) ? DIGITAL_SIGNATURE : KEY_AGREEMENT;
    if (usage == null || !usage[bit]) {
      throw element.fault(
          bit == DIGITAL_SIGNATURE
              ? "is not the certificate of a key for digital signatures"
              : "is not the certificate of a key for key agreement");
    }
    return whole;
  }

  private static boolean isWhole(Octets octets) {
    int length = octets.at(1);
    int header = 2;
    if (length >= LONG_FORM) {
      int count = length - LONG_FORM;
      header += count;
      if (count < 1 || count > MAX_LENGTH_OCTETS || octets.length() < header) {
        return false;
      }
      length = 0;
      for (int i = 2; i < header; i++) {
        length = length << 8 | octets.at(i);
      }
    }
    return octets.length() == header + length;
  }
}
