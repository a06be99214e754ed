// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.electricity;

import static org.meterbox.correlate.content.DlmsContent.bits;
import static org.meterbox.correlate.content.DlmsContent.bool;
import static org.meterbox.correlate.content.DlmsContent.integer;
import static org.meterbox.correlate.content.DlmsContent.octets;
import static org.meterbox.correlate.content.DlmsContent.structure;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/**
 * An entry of a schedule (DLMS class 10): when a script is executed.
 *
 * @param scripts logical name of the script table
 * @param selector which script
 * @param switchTime time of day
 * @param weekdays from 1 for Monday
 * @param specialDays from 1, in the order of the table of special days
 * @param begin the first date
 * @param end the last date
 */
record ScheduleEntry(
    Octets scripts,
    int selector,
    DlmsValue switchTime,
    List<Integer> weekdays,
    List<Integer> specialDays,
    DlmsValue begin,
    DlmsValue end) {
  private static final int PARTS = 10;
  private static final int SCRIPT_TABLE_OCTETS = 6;
  private static final int DAYS_OF_WEEK = 7;
  private static final int NO_VALIDITY_WINDOW = 0xFFFF;
  private static final List<String> DAY_NAMES =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  static ScheduleEntry of(DlmsValue value) throws UnexpectedContentException {
    List<DlmsValue> parts = structure(value, PARTS);
    DlmsValue.BitString weekdays = bits(parts.get(6));
    boolean asUsed =
        bool(parts.get(1))
            && integer(parts.get(5)) == NO_VALIDITY_WINDOW
            && weekdays.bits() == DAYS_OF_WEEK;
    if (!asUsed) {
      // MMC has no words for entries that are disabled or bounded in another way.
      throw new UnexpectedContentException("expected an enabled entry without validity window");
    }
    return new ScheduleEntry(
        octets(parts.get(2), SCRIPT_TABLE_OCTETS),
        (int) integer(parts.get(3)),
        parts.get(4),
        set(weekdays),
        set(bits(parts.get(7))),
        parts.get(8),
        parts.get(9));
  }

  /** Writes the days of the week; nothing where there are none. */
  void daysOfWeek(MmcWriter out) {
    if (weekdays.isEmpty()) {
      return;
    }
    out.open("DaysOfWeekApplicability");
    for (int day : weekdays) {
      out.open("DayOfWeekApplicability").leaf("DayOfWeekID", DAY_NAMES.get(day - 1)).close();
    }
    out.close();
  }

  private static List<Integer> set(DlmsValue.BitString bits) {
    List<Integer> set = new ArrayList<>();
    for (int i = 0; i < bits.bits(); i++) {
      if ((bits.octets().at(i / 8) & (0x80 >> (i % 8))) != 0) {
        set.add(i + 1);
      }
    }
    return set;
  }
}
