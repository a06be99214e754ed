// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.enumeration;

import java.util.Optional;
import org.meterbox.correlate.content.DlmsAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** The load switch. */
public final class Supply {
  private Supply() {}

  /** Whether the supply is enabled (ECS45): the control state of the load switch. */
  public static void status(DlmsAnswers answers, MmcWriter out) throws UnexpectedContentException {
    answers.expectSize(1);
    Optional<DlmsValue> state = answers.value(0);
    if (state.isPresent()) {
      out.leaf("SupplyState", stateName(enumeration(state.get())));
    }
  }

  private static String stateName(int state) throws UnexpectedContentException {
    return switch (state) {
      case 0 -> "Disabled";
      case 1 -> "Enabled";
      case 2 -> "Armed";
      default -> throw new UnexpectedContentException("expected a supply state from 0 to 2");
    };
  }
}
