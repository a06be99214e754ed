// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.interfaces.ECPublicKey;

/** A private key for key agreement, wherever it is kept: in memory or in a security module. */
public interface AgreementKey {
  /**
   * Agrees on the static shared secret with a peer: the x coordinate of ECDH on P-256.
   *
   * @throws IllegalArgumentException where the peer's key is not on P-256
   */
  SharedSecret agree(ECPublicKey peer);

  /** The public half. */
  ECPublicKey publicKey();
}
