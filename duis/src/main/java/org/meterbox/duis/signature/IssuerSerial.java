// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Names a certificate as X509IssuerSerial does.
 *
 * @param issuerName the issuer's name in RFC 2253 form as it stands in the document, for example
 *     {@code CN=Z1,OU=07}
 * @param serialNumber the certificate's serial number
 */
public record IssuerSerial(String issuerName, BigInteger serialNumber) {

  /** The name of this certificate. */
  public static IssuerSerial of(X509Certificate certificate) {
    return new IssuerSerial(
        certificate.getIssuerX500Principal().getName(X500Principal.RFC2253),
        certificate.getSerialNumber());
  }

  /** The issuer as a decoded name, for comparison; empty where the text is no name. */
  public Optional<X500Principal> issuer() {
    try {
      return Optional.of(new X500Principal(issuerName));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether this names the certificate: same serial number, same issuer by decoded value. */
  public boolean names(X509Certificate certificate) {
    return serialNumber.equals(certificate.getSerialNumber())
        && issuer().filter(certificate.getIssuerX500Principal()::equals).isPresent();
  }

  /** Serial number and issuer, for a person. */
  @Override
  public String toString() {
    return serialNumber + " of " + issuerName;
  }
}
