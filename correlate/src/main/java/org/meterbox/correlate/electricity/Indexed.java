// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.array;
import static org.meterbox.correlate.content.DlmsContent.integer;

import java.util.List;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;

/** Writes rows of numbers as elements with the attribute {@code index}, from 1. */
final class Indexed {
  private Indexed() {}

  /** An array of so many numbers. */
  static void write(MmcWriter out, String name, DlmsValue numbers, int count)
      throws UnexpectedContentException {
    write(out, name, array(numbers, count));
  }

  static void write(MmcWriter out, String name, List<DlmsValue> numbers)
      throws UnexpectedContentException {
    for (int i = 0; i < numbers.size(); i++) {
      out.open(name).attribute("index", i + 1).text(integer(numbers.get(i))).close();
    }
  }
}
