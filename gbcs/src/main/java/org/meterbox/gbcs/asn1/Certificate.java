// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;

/**
 * An X.509 certificate as it was sent. It is looked into only on demand, by {@link #view}.
 *
 * @param octets the whole DER value
 */
public record Certificate(Octets octets) {
  /**
   * What the certificate says.
   *
   * @throws DecodeException where it is no certificate of the SMKI's profile
   */
  public CertificateView view() throws DecodeException {
    return CertificateView.of(octets);
  }

  static Certificate read(DerReader reader) throws DecodeException {
    return new Certificate(reader.whole(DerTag.SEQUENCE, "certificate"));
  }

  static void write(DerWriter writer, Certificate certificate) {
    writer.whole(certificate.octets);
  }
}
