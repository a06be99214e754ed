// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.interfaces.ECPublicKey;

/** A private key for digital signatures, wherever it is kept: in memory or in a security module. */
public interface SigningKey {
  /** Signs SHA-256 of the content (ECDSA P-256). */
  EcdsaSignature sign(byte[] content);

  /** The public half. */
  ECPublicKey publicKey();
}
