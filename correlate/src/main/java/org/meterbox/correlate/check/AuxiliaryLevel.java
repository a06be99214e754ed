// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.Locale;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * The script that brings an auxiliary controller to a level: in the high octet 1 for what it gives
 * out or 2 for what it takes in, and its number; in the low octet per cent.
 */
final class AuxiliaryLevel {
  static final int MAX_CONTROLLERS = 5;

  private static final int OUTPUT = 1;
  private static final int INPUT = 2;
  private static final int MAX_LEVEL = 100;

  private AuxiliaryLevel() {}

  /**
   * The script that an element asks for.
   *
   * @param action with the attribute auxiliaryControllerN
   * @param mark added to the level
   */
  static Data of(XmlElement action, int mark) throws ElementException {
    int number = Requested.attribute(action, "auxiliaryControllerN", 1, MAX_CONTROLLERS);
    XmlElement level = action.child("CommandedStateLevel");
    int percent = (int) Requested.within(level, 0, MAX_LEVEL);
    boolean input = action.has("InputFromControlledLoad");
    int direction = input ? INPUT : OUTPUT;
    return Data.requested(
        level.path(),
        String.format(
            Locale.ROOT,
            "%s of controller %d at %d %%",
            input ? "input" : "output",
            number,
            percent),
        new DlmsValue.UInt16((direction << 12) | (number << 8) | mark | percent));
  }
}
