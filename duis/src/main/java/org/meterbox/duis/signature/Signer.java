// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Who a signing certificate belongs to, taken from it once (SMKI organisation certificate profile:
 * the role is the organizational unit, the EUI-64 the x500UniqueIdentifier).
 *
 * @param certificate the certificate
 * @param eui64 the organisation or DCC party
 * @param role the role that the certificate is for
 * @param key its public key, as the crypto provider holds it
 */
public record Signer(
    X509Certificate certificate, Eui64 eui64, RemotePartyRole role, ECPublicKey key) {
  private static final String UNIQUE_IDENTIFIER = "2.5.4.45";
  private static final int HEXADECIMAL = 16;

  /** Tag, length and number of unused bits before the eight octets of the identifier. */
  private static final Octets BIT_STRING_HEAD = Octets.ofHex("030900");

  /** An early test certificate of the DSP names its role in decimal; nothing else may. */
  private static final String DSP_XML_SIGNING_IN_DECIMAL = "137";

  /** Index of digitalSignature in the key usage extension. */
  private static final int DIGITAL_SIGNATURE = 0;

  /**
   * Reads a certificate.
   *
   * @throws VerificationException where it is not an organisation certificate for signing
   */
  public static Signer of(X509Certificate certificate) throws VerificationException {
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || !usage[DIGITAL_SIGNATURE]) {
      throw new VerificationException("the signer's certificate is not for signing");
    }
    List<Rdn> subject = subject(certificate);
    return new Signer(
        certificate,
        value(subject, UNIQUE_IDENTIFIER)
            .flatMap(Signer::eui64)
            .orElseThrow(
                () -> new VerificationException("the signer's certificate names no EUI-64")),
        value(subject, "OU")
            .flatMap(Signer::role)
            .orElseThrow(() -> new VerificationException("the signer's certificate names no role")),
        key(certificate));
  }

  private static ECPublicKey key(X509Certificate certificate) throws VerificationException {
    try {
      return P256.publicKey(certificate.getPublicKey());
    } catch (IllegalArgumentException e) {
      throw new VerificationException("the signer's key is not on P-256");
    }
  }

  private static List<Rdn> subject(X509Certificate certificate) throws VerificationException {
    try {
      String name = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
      return new LdapName(name).getRdns();
    } catch (InvalidNameException e) {
      throw new VerificationException("the signer's certificate has an unreadable subject");
    }
  }

  private static Optional<Object> value(List<Rdn> subject, String type) {
    return subject.stream()
        .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
        .map(Rdn::getValue)
        .findFirst();
  }

  private static Optional<Eui64> eui64(Object value) {
    if (!(value instanceof byte[] der)) {
      return Optional.empty();
    }
    Octets octets = Octets.of(der);
    int head = BIT_STRING_HEAD.length();
    return octets.length() == head + Eui64.OCTETS && octets.slice(0, head).equals(BIT_STRING_HEAD)
        ? Optional.of(Eui64.parse(octets.slice(head, octets.length()).hex()))
        : Optional.empty();
  }

  private static Optional<RemotePartyRole> role(Object value) {
    String text = String.valueOf(value);
    if (text.equals(DSP_XML_SIGNING_IN_DECIMAL)) {
      return Optional.of(RemotePartyRole.DSP_XML_SIGNING);
    }
    boolean twoDigits = text.length() == 2 && text.chars().allMatch(HexFormat::isHexDigit);
    return twoDigits
        ? RemotePartyRole.ofCode(Integer.parseInt(text, HEXADECIMAL))
        : Optional.empty();
  }

  /** The party and its role; certificates are long. */
  @Override
  public String toString() {
    return eui64 + " as " + role;
  }
}
