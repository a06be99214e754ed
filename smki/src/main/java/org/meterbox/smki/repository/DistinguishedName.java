// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * A distinguished name compared by its decoded values: order of the parts counts; blanks, letter
 * case and the string type of each value do not (RFC 5280 section 7.1). Thus the issuer's name in
 * an XML signature matches the certificate however its sender spaced it.
 */
public final class DistinguishedName {
  /** Longest text accepted, in characters; the longest in use are far below. */
  public static final int TEXT_LENGTH_MAX = 1024;

  private final X500Principal name;
  private final String canonical;

  private DistinguishedName(X500Principal name) {
    this.name = name;
    this.canonical = name.getName(X500Principal.CANONICAL);
  }

  /** The name in a certificate. */
  public static DistinguishedName of(X500Principal name) {
    return new DistinguishedName(name);
  }

  /**
   * Reads the text form, most specific part first (RFC 2253), for example {@code CN=Z1, OU=07}.
   *
   * @throws IllegalArgumentException where the text is no distinguished name or exceeds {@link
   *     #TEXT_LENGTH_MAX}
   */
  public static DistinguishedName parse(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a distinguished name of more than " + TEXT_LENGTH_MAX + " characters");
    }
    return new DistinguishedName(new X500Principal(text));
  }

  /** A text that is equal for equal names and for them only; fit as a database key. */
  public String canonical() {
    return canonical;
  }

  /** The text form of RFC 2253. */
  public String rfc2253() {
    return name.getName(X500Principal.RFC2253);
  }

  /** The common name, where there is one. */
  public Optional<String> commonName() {
    RDN[] found = X500Name.getInstance(name.getEncoded()).getRDNs(BCStyle.CN);
    return found.length == 0
        ? Optional.empty()
        : Optional.of(IETFUtils.valueToString(found[0].getFirst().getValue()));
  }

  /** Whether there are no parts at all, as in the subject of a device certificate. */
  public boolean isEmpty() {
    return canonical.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistinguishedName that && canonical.equals(that.canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }

  @Override
  public String toString() {
    return rfc2253();
  }
}
