// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

/** What a derived key is for; the number stands in the key derivation's other info. */
public enum KeyPurpose {
  /** MAC of a command, and prepayment tokens. */
  COMMAND(1),
  /** MAC of a response. */
  RESPONSE(2),
  /** MAC of an alert. */
  ALERT(3),
  /** Encryption of sensitive content in a response or alert. */
  ENCRYPTION(4);

  private final int flag;

  KeyPurpose(int flag) {
    this.flag = flag;
  }

  /** The octet in the other info; for messages it equals the CRA flag of the grouping header. */
  public int flag() {
    return flag;
  }
}
