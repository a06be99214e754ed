// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.tariff;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.energy.Timetable;
import org.meterbox.devices.energy.Timetable.AnyDate;
import org.meterbox.devices.energy.Timetable.Season;
import org.meterbox.devices.energy.Timetable.SpecialDay;
import org.meterbox.devices.energy.Timetable.Switch;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.gbcs.dlms.DlmsValue.UInt8;
import org.meterbox.kernel.Octets;

/**
 * Reads an activity calendar and its special days (DLMS classes 20 and 11) as a timetable. Parts
 * that make no sense are left out: the meter then keeps the rate that it has.
 */
public final class CosemTimetable {
  private static final int UNSPECIFIED = 0xFF;
  private static final int ANY_YEAR = 0xFFFF;
  private static final int DATE_OCTETS = 5;
  private static final int TIME_OCTETS = 4;

  private CosemTimetable() {}

  /** The timetable of a calendar and its special days. */
  public static Timetable read(
      DlmsValue seasons, DlmsValue weeks, DlmsValue days, DlmsValue specialDays) {
    List<Season> seasonList = new ArrayList<>();
    for (List<DlmsValue> parts : structures(seasons)) {
      if (parts.size() == 3
          && parts.get(0) instanceof OctetString
          && parts.get(1) instanceof OctetString(Octets start)
          && parts.get(2) instanceof OctetString(Octets week)
          && start.length() >= DATE_OCTETS) {
        seasonList.add(new Season(date(start), week.hex()));
      }
    }
    return new Timetable(seasonList, weeks(weeks), days(days), specialDays(specialDays));
  }

  private static Map<String, List<Integer>> weeks(DlmsValue value) {
    Map<String, List<Integer>> weeks = new HashMap<>();
    for (List<DlmsValue> parts : structures(value)) {
      if (parts.size() == 8 && parts.getFirst() instanceof OctetString(Octets name)) {
        List<Integer> profiles =
            parts.subList(1, 8).stream()
                .map(part -> part instanceof UInt8(int profile) ? profile : 0)
                .toList();
        weeks.put(name.hex(), profiles);
      }
    }
    return weeks;
  }

  private static Map<Integer, List<Switch>> days(DlmsValue value) {
    Map<Integer, List<Switch>> days = new HashMap<>();
    for (List<DlmsValue> parts : structures(value)) {
      if (parts.size() == 2 && parts.getFirst() instanceof UInt8(int profile)) {
        List<Switch> switches = new ArrayList<>();
        for (List<DlmsValue> action : structures(parts.get(1))) {
          if (action.size() == 3
              && action.get(0) instanceof OctetString(Octets time)
              && action.get(2) instanceof UInt16(int selector)) {
            time(time).ifPresent(at -> switches.add(new Switch(at, selector)));
          }
        }
        switches.sort(Comparator.comparing(Switch::at));
        days.put(profile, switches);
      }
    }
    return days;
  }

  private static List<SpecialDay> specialDays(DlmsValue value) {
    List<SpecialDay> specialDays = new ArrayList<>();
    for (List<DlmsValue> parts : structures(value)) {
      if (parts.size() == 3
          && parts.get(1) instanceof OctetString(Octets date)
          && parts.get(2) instanceof UInt8(int profile)
          && date.length() == DATE_OCTETS) {
        specialDays.add(new SpecialDay(date(date), profile));
      }
    }
    return specialDays;
  }

  private static List<List<DlmsValue>> structures(DlmsValue value) {
    return value instanceof ArrayOf(List<DlmsValue> elements)
        ? elements.stream()
            .filter(Structure.class::isInstance)
            .map(element -> ((Structure) element).elements())
            .toList()
        : List.of();
  }

  private static AnyDate date(Octets octets) {
    int year = octets.at(0) << 8 | octets.at(1);
    return new AnyDate(
        year == ANY_YEAR ? Optional.empty() : Optional.of(year),
        within(octets.at(2), 12),
        within(octets.at(3), 31));
  }

  private static Optional<Integer> within(int number, int max) {
    return number >= 1 && number <= max ? Optional.of(number) : Optional.empty();
  }

  /** A time of day in its four octets; parts left open count from zero. */
  public static Optional<LocalTime> time(Octets octets) {
    if (octets.length() != TIME_OCTETS || octets.at(0) > 23) {
      return Optional.empty();
    }
    int minute = octets.at(1) == UNSPECIFIED ? 0 : octets.at(1);
    int second = octets.at(2) == UNSPECIFIED ? 0 : octets.at(2);
    return minute > 59 || second > 59
        ? Optional.empty()
        : Optional.of(LocalTime.of(octets.at(0), minute, second));
  }
}
