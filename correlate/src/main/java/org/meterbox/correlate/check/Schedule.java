// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.meterbox.correlate.expectation.Data;
import org.meterbox.correlate.expectation.Requested;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;

/** Entries of a schedule (class 10) and the special days (class 11) on which some of them apply. */
final class Schedule {
  static final int MAX_SPECIAL_DAYS = 20;

  private static final int VALIDITY_WINDOW_ALWAYS = 0xFFFF;
  private static final List<String> WEEK =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  private final SortedMap<Integer, XmlElement> specialDays;
  private final String specialDayAttribute;
  private final DlmsValue scripts;
  private final List<Data> entries = new ArrayList<>();

  /**
   * Begins a schedule.
   *
   * @param specialDayAttribute which attribute of a special day is its number
   * @param scripts the object whose scripts the entries execute
   */
  Schedule(Collection<XmlElement> specialDays, String specialDayAttribute, String scripts)
      throws ElementException {
    this.specialDays = Indexed.by(specialDayAttribute, specialDays, MAX_SPECIAL_DAYS);
    this.specialDayAttribute = specialDayAttribute;
    this.scripts = DlmsValue.OctetString.ofHex(scripts);
  }

  /** Reads where the date of a special day stands. */
  @FunctionalInterface
  interface DateOf {
    XmlElement date(XmlElement specialDay) throws ElementException;
  }

  /** The table of special days. */
  Data specialDays(DateOf where) throws ElementException {
    List<Data> days = new ArrayList<>();
    for (XmlElement day : specialDays.values()) {
      int number = Requested.attribute(day, specialDayAttribute, 1, MAX_SPECIAL_DAYS);
      String field = Requested.path(day, specialDayAttribute);
      String words = Integer.toString(number);
      days.add(
          Data.structure(
              day.path(),
              Data.requested(field, words, new DlmsValue.UInt16(number)),
              Moments.date(where.date(day)),
              Data.requested(field, words, new DlmsValue.UInt8(number))));
    }
    return Data.array("special days", days);
  }

  /**
   * Adds an entry.
   *
   * @param selector which script is executed
   * @param days the element that names days of the week
   * @param specialDayIds the numbers of the special days on which it applies
   */
  void add(
      XmlElement entry,
      Data selector,
      Data switchTime,
      Collection<XmlElement> days,
      Collection<Integer> specialDayIds,
      Data begin,
      Data end)
      throws ElementException {
    entries.add(
        Data.structure(
            entry.path(),
            Data.prescribed("number of the entry", new DlmsValue.UInt16(entries.size() + 1)),
            Data.prescribed("the entry is in force", DlmsValue.Bool.TRUE),
            Data.prescribed("the scripts of the schedule", scripts),
            selector,
            switchTime,
            Data.prescribed("validity window", new DlmsValue.UInt16(VALIDITY_WINDOW_ALWAYS)),
            weekdays(entry, days),
            applicability(entry, specialDayIds),
            begin,
            end));
  }

  Data entries() {
    return Data.array("entries of the schedule", entries);
  }

  /** The elements that name the days in DaysOfWeekApplicability. */
  static List<XmlElement> weekdays(XmlElement applicability) throws ElementException {
    List<XmlElement> days = new ArrayList<>();
    for (XmlElement day : applicability.children("DayOfWeekApplicability")) {
      days.add(day.child("DayOfWeekID"));
    }
    return days;
  }

  private static Data weekdays(XmlElement entry, Collection<XmlElement> days)
      throws ElementException {
    int bits = 0;
    for (XmlElement day : days) {
      int number = WEEK.indexOf(day.token());
      if (number < 0) {
        throw day.fault("is no day of the week");
      }
      bits |= 0x80 >> number;
    }
    String words = days.stream().map(XmlElement::token).collect(Collectors.joining(", "));
    return Data.requested(
        entry.path() + "/DaysOfWeekApplicability",
        words.isEmpty() ? "none" : words,
        new DlmsValue.BitString(WEEK.size(), new OctetWriter(1).u8(bits).toOctets()));
  }

  /** One bit for each special day in the order of the table. */
  private Data applicability(XmlElement entry, Collection<Integer> ids) throws ElementException {
    List<Integer> known = List.copyOf(specialDays.keySet());
    byte[] bits = new byte[(known.size() + 7) / 8];
    for (int id : ids) {
      int place = known.indexOf(id);
      if (place < 0) {
        throw entry.fault(
            String.format(Locale.ROOT, "applies on special day %d, which is not defined", id));
      }
      bits[place / 8] |= (byte) (0x80 >> (place % 8));
    }
    String words = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return Data.requested(
        entry.path() + "/SpecialDaysApplicability",
        words.isEmpty() ? "none" : words,
        new DlmsValue.BitString(known.size(), new OctetWriter(3).put(bits).toOctets()));
  }
}
