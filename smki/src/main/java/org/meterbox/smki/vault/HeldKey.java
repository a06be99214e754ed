// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.SigningKey;

/** A private key in a vault with its certificate: it can be used, not seen. */
public interface HeldKey {
  /** Uses the key to sign. */
  SigningKey signing();

  /** Uses the key to agree on secrets. */
  AgreementKey agreement();

  /** The certificate, then its issuers up to the root. */
  List<X509Certificate> chain();

  /**
   * Whether every certificate of the chain is in force at this moment: neither over nor, after a
   * clock that ran ahead, still to come.
   */
  default boolean isValidAt(Instant moment) {
    return chain().stream()
        .allMatch(certificate ->
            !moment.isBefore(certificate.getNotBefore().toInstant())
                && !moment.isAfter(certificate.getNotAfter().toInstant()));
  }

  /**
   * Uses the key in TLS handshakes.
   *
   * @throws UnsupportedOperationException where the key is inside a token: the JDK's TLS signs with
   *     the JVM's own providers only, and the token's is not one of them
   */
  X509ExtendedKeyManager keyManager();
}
