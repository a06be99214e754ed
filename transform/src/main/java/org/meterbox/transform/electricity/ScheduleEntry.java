// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform.electricity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt8;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * A line of a DLMS schedule (class 10): a script that runs at a time of certain days.
 *
 * @param selector which script
 * @param time the time of day
 * @param weekdays on which weekdays, Monday first
 * @param specialDays on which special days: their numbers, and the elements that say so
 * @param begin the first date
 * @param end the last date
 */
record ScheduleEntry(
    int selector,
    DlmsValue time,
    BitString weekdays,
    Map<Integer, XmlElement> specialDays,
    DlmsValue begin,
    DlmsValue end) {
  /** What DUIS can number. */
  static final int MAX_SPECIAL_DAYS = 20;

  private static final List<String> WEEK =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  /** The script runs even if the meter was off at its time. */
  private static final UInt16 ANY_DELAY = new UInt16(0xFFFF);

  ScheduleEntry {
    specialDays = Map.copyOf(specialDays);
  }

  /** The weekdays of a DaysOfWeekApplicability. */
  static BitString weekdays(Optional<XmlElement> applicable) throws ElementException {
    BitSet days = new BitSet(WEEK.size());
    if (applicable.isPresent()) {
      for (XmlElement day : applicable.get().children("DayOfWeekApplicability")) {
        int number = WEEK.indexOf(day.child("DayOfWeekID").token());
        if (number < 0) {
          throw day.fault("names no day of the week");
        }
        days.set(number);
      }
    }
    return bits(days, WEEK.size());
  }

  /**
   * The entries of a schedule.
   *
   * @param specialDays the numbers of all special days, in the order of their table
   * @throws ElementException where an entry names a special day that is not among them
   */
  static DlmsValue table(
      List<ScheduleEntry> entries, OctetString scripts, Collection<Integer> specialDays)
      throws ElementException {
    List<Integer> known = List.copyOf(specialDays);
    List<DlmsValue> lines = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      lines.add(entries.get(i).toValue(i + 1, scripts, known));
    }
    return new DlmsValue.ArrayOf(lines);
  }

  /** A line of a special days table (class 11). */
  static DlmsValue specialDay(int number, DlmsValue date) {
    return DlmsValue.structure(new UInt16(number), date, new UInt8(number));
  }

  private DlmsValue toValue(int index, OctetString scripts, List<Integer> known)
      throws ElementException {
    BitSet days = new BitSet(known.size());
    for (Map.Entry<Integer, XmlElement> day : specialDays.entrySet()) {
      int place = known.indexOf(day.getKey());
      if (place < 0) {
        throw day.getValue().fault("names a special day that the request does not define");
      }
      days.set(place);
    }
    return DlmsValue.structure(
        new UInt16(index),
        Bool.TRUE,
        scripts,
        new UInt16(selector),
        time,
        ANY_DELAY,
        weekdays,
        bits(days, known.size()),
        begin,
        end);
  }

  private static BitString bits(BitSet set, int count) {
    OctetWriter writer = new OctetWriter((count + 7) / 8);
    for (int first = 0; first < count; first += 8) {
      int octet = 0;
      for (int bit = first; bit < first + 8; bit++) {
        octet = octet << 1 | (bit < count && set.get(bit) ? 1 : 0);
      }
      writer.u8(octet);
    }
    Octets octets = writer.toOctets();
    return new BitString(count, octets);
  }
}
