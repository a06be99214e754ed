// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

/** The one purpose of a key pair, as the certificate's key usage extension states it. */
public enum KeyUse {
  /** Signs messages, documents or TLS handshakes. */
  DIGITAL_SIGNATURE("DS"),
  /** Agrees on secrets with another party's key agreement key. */
  KEY_AGREEMENT("KA"),
  /** Signs certificates and revocation lists. */
  CERTIFICATE_SIGNING("CA");

  private final String code;

  KeyUse(String code) {
    this.code = code;
  }

  /** DS or KA as the repository's query interface writes it; CA for an authority's key. */
  public String code() {
    return code;
  }
}
