// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Locale;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * What Parse and Correlate needs of a certificate: whose key it is, for what, and how to name the
 * certificate in a verdict. Whoever gives it out has checked its issuer and validity.
 *
 * @param holder the device or party
 * @param use what the key is for
 * @param publicKey a point of P-256
 * @param issuer distinguished name of the issuer, RFC 2253
 * @param serialNumber the issuer's number of the certificate
 * @param encoded the whole certificate in DER; empty where only the key is known
 */
public record PartyCertificate(
    Eui64 holder,
    KeyUse use,
    ECPublicKey publicKey,
    String issuer,
    BigInteger serialNumber,
    Octets encoded) {

  /** Holder, use, issuer and serial number. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %s (%s, %s)", holder, use, issuer, serialNumber);
  }
}
