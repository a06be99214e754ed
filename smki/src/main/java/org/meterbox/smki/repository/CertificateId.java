// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.math.BigInteger;
import java.security.cert.X509Certificate;

/**
 * What names one certificate: its issuer and the serial number there. XML signatures carry both in
 * {@code X509IssuerSerial}.
 *
 * @param issuer the issuing authority's name
 * @param serial the number, positive, at most 20 octets (RFC 5280 section 4.1.2.2)
 */
public record CertificateId(DistinguishedName issuer, BigInteger serial) {
  private static final int SERIAL_BITS_MAX = 160;

  /** Refuses a serial number that no certificate can have. */
  public CertificateId {
    if (serial.signum() <= 0 || serial.bitLength() > SERIAL_BITS_MAX) {
      throw new IllegalArgumentException(
          "a certificate's serial number is positive and has at most 20 octets");
    }
  }

  /** Names this certificate. */
  public static CertificateId of(X509Certificate certificate) {
    return new CertificateId(
        DistinguishedName.of(certificate.getIssuerX500Principal()), certificate.getSerialNumber());
  }

  /**
   * Reads the two texts of {@code X509IssuerName} and {@code X509SerialNumber} (decimal).
   *
   * @throws IllegalArgumentException where either is malformed
   */
  public static CertificateId parse(String issuerName, String decimalSerial) {
    String digits = decimalSerial.strip();
    if (digits.isEmpty() || digits.length() > 49 || !digits.chars().allMatch(Character::isDigit)) {
      throw new IllegalArgumentException("a serial number has 1 to 49 decimal digits");
    }
    return new CertificateId(DistinguishedName.parse(issuerName), new BigInteger(digits));
  }

  /** Serial number and issuer, for a person. */
  @Override
  public String toString() {
    return serial.toString(16) + " of " + issuer;
  }
}
