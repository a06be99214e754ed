// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

/** The algorithms of the DUIS signature profile; nothing else is made or accepted. */
final class Profile {
  /** Of SignedInfo. The reference lists none, so that XML Signature's default holds there. */
  static final String CANONICALIZATION = "http://www.w3.org/2001/10/xml-exc-c14n#";

  static final String SIGNATURE = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
  static final String TRANSFORM = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
  static final String DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256";

  /** Octets of a SHA-256 digest. */
  static final int DIGEST_OCTETS = 32;

  private Profile() {}
}
