// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.control;

import java.util.OptionalInt;

/**
 * One direction of an auxiliary controller.
 *
 * @param number 1 to 5
 * @param output false for its input
 */
record ControllerPort(int number, boolean output) {
  /** Auxiliary controllers of a meter. */
  static final int CONTROLLERS = 5;

  /** The highest level, in percent. */
  static final int MAX_LEVEL = 100;

  private static final int OUTPUT = 1;
  private static final int INPUT = 2;
  private static final int CALENDAR_BIT = 0x80;
  private static final int LEGACY_ON = 0x01;
  private static final int LEGACY_OFF = 0x02;

  /** The high octet of selectors that concern this port, and its name in alerts. */
  int code() {
    return (output ? OUTPUT : INPUT) << 4 | number;
  }

  /** The level that a calendar's selector gives this port; empty where it means another. */
  OptionalInt levelOf(int selector) {
    int high = selector >>> 8;
    int low = selector & 0xFF;
    if (high == code() && low >= CALENDAR_BIT && low - CALENDAR_BIT <= MAX_LEVEL) {
      return OptionalInt.of(low - CALENDAR_BIT);
    }
    // Before controllers had levels and directions, a switch was on or off.
    if (output && high == number && (low == LEGACY_ON || low == LEGACY_OFF)) {
      return OptionalInt.of(low == LEGACY_ON ? MAX_LEVEL : 0);
    }
    return OptionalInt.empty();
  }
}
