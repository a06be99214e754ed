// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import java.util.Locale;

/**
 * The number of a use case's message, the first two octets of other information.
 *
 * @param value 0 to 65535
 */
public record MessageCode(int value) {
  /** Refuses what does not fit two octets. */
  public MessageCode {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("a message code has two octets");
    }
  }

  /**
   * Whether commands of this use case may reach a device with a signature alone: asking for
   * credentials by signature (CS02a, CS02f), and replacing them by Recovery or with the contingency
   * key (CS02b). All other commands carry the Access Control Broker's MAC.
   */
  public boolean mayGoWithoutBrokerMac() {
    return switch (value) {
      case 0x0008, 0x011B, 0x0108, 0x0109 -> true;
      default -> false;
    };
  }

  /** Four upper-case hexadecimal digits. */
  public String hex() {
    return String.format(Locale.ROOT, "%04X", value);
  }

  @Override
  public String toString() {
    return "0x" + hex();
  }
}
