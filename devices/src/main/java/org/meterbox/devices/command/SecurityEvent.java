// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.command;

/** Why a device gives no answer, as its security log says it (GBCS event codes). */
public enum SecurityEvent {
  /** The octets are no GBCS command for this device, or do not fit their use case. */
  INTEGRITY_CHECK_FAILED(0x8F1E),
  /** The sender is known, but its role may not send this command. */
  NO_AUTHORITY(0x8F30),
  /** The sender is unknown, or MAC or signature does not hold. */
  AUTHENTICATION_FAILED(0x8F3D),
  /** The command was seen before: its counter does not exceed the last one carried out. */
  NOT_COVERED_BY_OTHER_CODES(0x8F53);

  private final int code;

  SecurityEvent(int code) {
    this.code = code;
  }

  /** The event code. */
  public int code() {
    return code;
  }
}
