// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.desk.Refusal;

/** Structures as people hand them in: DER as it is, in Base64, or in PEM (RFC 7468). */
public final class SubmittedDer {
  private static final int SEQUENCE = 0x30;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");

  private SubmittedDer() {}

  /** A PKCS#10 certificate request. What is in it is not looked at here. */
  public static Octets request(Octets submitted) throws TurnedAwayException {
    return der(submitted, "CERTIFICATE REQUEST");
  }

  /** A P-256 public key (SubjectPublicKeyInfo). */
  public static ECPublicKey publicKey(Octets submitted) throws TurnedAwayException {
    try {
      return P256.publicKey(
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(der(submitted, "PUBLIC KEY").toArray())));
    } catch (InvalidKeySpecException | IllegalArgumentException notP256) {
      throw malformed("PUBLIC KEY", "it is no key on P-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK knows no elliptic curves", e);
    }
  }

  private static Octets der(Octets submitted, String label) throws TurnedAwayException {
    byte[] octets = submitted.toArray();
    if (octets.length > 0 && octets[0] == SEQUENCE) {
      return submitted;
    }
    String text = new String(octets, StandardCharsets.US_ASCII).strip();
    Matcher pem = PEM.matcher(text);
    if (pem.matches()) {
      // Some tools still write the label that RFC 7468 section 7 gives as the old one.
      if (!pem.group(1).equals(label) && !pem.group(1).equals("NEW " + label)) {
        throw malformed(label, "it is a " + pem.group(1));
      }
      text = pem.group(2);
    }
    try {
      byte[] der = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      if (der.length > 0) {
        return Octets.of(der);
      }
    } catch (IllegalArgumentException notBase64) {
      // Falls through to the same answer as nothing at all.
    }
    throw malformed(label, "it is neither PEM nor Base64 nor DER");
  }

  private static TurnedAwayException malformed(String label, String detail) {
    return new TurnedAwayException(
        Refusal.Kind.MALFORMED,
        "DER",
        String.format(Locale.ROOT, "a %s in PEM, Base64 or DER is handed in", label),
        detail);
  }
}
