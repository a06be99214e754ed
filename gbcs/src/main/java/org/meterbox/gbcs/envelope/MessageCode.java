// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

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

  /** Four upper-case hexadecimal digits. */
  public String hex() {
    return "%04X".formatted(value);
  }

  @Override
  public String toString() {
    return "0x" + hex();
  }
}
