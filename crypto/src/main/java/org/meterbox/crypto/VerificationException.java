// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

/**
 * Thrown where a signature, a MAC or an authenticated decryption does not hold. Verification
 * returns nothing and throws this, so that a forgotten check cannot accept what is false.
 */
public final class VerificationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what did not hold, never with key material. */
  public VerificationException(String message) {
    super(message);
  }
}
