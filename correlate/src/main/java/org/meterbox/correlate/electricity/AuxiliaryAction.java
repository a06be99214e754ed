// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.within;

import java.util.Optional;
import org.meterbox.correlate.content.UnexpectedContentException;

/**
 * What a script selector does to an auxiliary controller, in 16 bits.
 *
 * <pre>
 * switch       0n aa   aa: 01 on and 02 off by calendar, 11 activate, 12 deactivate, 20 reset,
 *                      00 a message of the switch itself
 * controller   dn ll   d: 1 output, 2 input; ll: level in percent, bit 7 set within a calendar
 * </pre>
 *
 * @param number which controller, from 1 to 5
 * @param word what a switch is to do, where it is one
 * @param level percent, where it is a controller with levels
 * @param input whether the level bounds what comes from the load
 */
record AuxiliaryAction(int number, Optional<String> word, Optional<Long> level, boolean input) {
  private static final int OUTPUT = 1;
  private static final int INPUT = 2;

  static AuxiliaryAction of(int selector) throws UnexpectedContentException {
    int number = (int) within((selector >> 8) & 0x0F, 1, 5);
    int direction = selector >> 12;
    if (direction == 0) {
      return new AuxiliaryAction(
          number, Optional.of(word(selector & 0xFF)), Optional.empty(), false);
    }
    within(direction, OUTPUT, INPUT);
    long level = within(selector & 0x7F, 0, 100);
    return new AuxiliaryAction(number, Optional.empty(), Optional.of(level), direction == INPUT);
  }

  private static String word(int action) throws UnexpectedContentException {
    return switch (action) {
      case 0x00 -> "Entry relates to a Message from an HC ALCS";
      case 0x01, 0x11 -> "On";
      case 0x02, 0x12 -> "Off";
      case 0x20 -> "Revert to calendar control";
      default -> throw new UnexpectedContentException("expected an action of a switch");
    };
  }
}
