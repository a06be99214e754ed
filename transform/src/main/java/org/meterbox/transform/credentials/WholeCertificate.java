// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.credentials;

import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.asn1.Certificate;
import org.meterbox.kernel.Octets;

/**
 * Certificates of a request. They go into a command as they are, beside other DER values: what is
 * not exactly one value would change the meaning of all that follows.
 */
final class WholeCertificate {
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
