// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

/** What a certificate's key is for (X.509 key usage; GBCS KeyUsage). */
public enum KeyUse {
  DIGITAL_SIGNATURE(0),
  KEY_AGREEMENT(4),
  KEY_CERT_SIGN(5);

  private final int bit;

  KeyUse(int bit) {
    this.bit = bit;
  }

  /** The number of the bit in the X.509 key usage extension. */
  public int bit() {
    return bit;
  }
}
