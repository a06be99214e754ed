// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

/**
 * The 32 octets that two parties agree on (GBCS: Z). Never printed, never compared by content,
 * readable only inside this package.
 */
public final class SharedSecret {
  private final byte[] z;

  SharedSecret(byte[] z) {
    if (z.length != 32) {
      throw new IllegalArgumentException("a P-256 shared secret has 32 octets");
    }
    this.z = z;
  }

  byte[] octets() {
    return z;
  }

  @Override
  public String toString() {
    return "SharedSecret[redacted]";
  }
}
