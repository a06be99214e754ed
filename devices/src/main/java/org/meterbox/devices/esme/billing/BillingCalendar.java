// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.tariff.CosemTimetable;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.kernel.Octets;

/**
 * Dates at which something is done again and again: a time of day and a date in which year, month,
 * day and weekday may be open (DLMS single action schedule, class 22).
 */
record BillingCalendar(List<Entry> entries) {
  /** The longest wait that is looked for: four years and a day, so that each date comes. */
  private static final int MAX_DAYS = 1_462;

  private static final int OPEN = 0xFF;
  private static final int OPEN_YEAR = 0xFFFF;
  private static final int LAST_DAY = 0xFE;
  private static final int SECOND_LAST_DAY = 0xFD;

  record Entry(LocalTime time, int year, int month, int day, int weekday) {
    boolean isOn(LocalDate date) {
      int length = date.lengthOfMonth();
      int wanted =
          switch (day) {
            case LAST_DAY -> length;
            case SECOND_LAST_DAY -> length - 1;
            default -> day;
          };
      return (year == OPEN_YEAR || year == date.getYear())
          && (month == OPEN || month == date.getMonthValue())
          && (day == OPEN || wanted == date.getDayOfMonth())
          && (weekday == OPEN || weekday == date.getDayOfWeek().getValue());
    }
  }

  BillingCalendar {
    entries = List.copyOf(entries);
  }

  /** The calendar in an attribute; entries that make no sense are left out. */
  static BillingCalendar read(DlmsValue value) {
    List<Entry> entries = new ArrayList<>();
    if (value instanceof ArrayOf(List<DlmsValue> elements)) {
      for (DlmsValue element : elements) {
        if (element instanceof Structure(List<DlmsValue> parts)
            && parts.size() == 2
            && parts.get(0) instanceof OctetString(Octets time)
            && parts.get(1) instanceof OctetString(Octets date)
            && date.length() == 5) {
          Optional<LocalTime> at = CosemTimetable.time(time);
          at.ifPresent(t ->
              entries.add(
                  new Entry(t, date.at(0) << 8 | date.at(1), date.at(2), date.at(3), date.at(4))));
        }
      }
    }
    return new BillingCalendar(entries);
  }

  /** The first date after an instant; {@link Instant#MAX} where none comes. */
  Instant next(Instant after) {
    LocalDate first = LocalDate.ofInstant(after, ZoneOffset.UTC);
    for (int ahead = 0; ahead <= MAX_DAYS && !entries.isEmpty(); ahead++) {
      LocalDate date = first.plusDays(ahead);
      Instant earliest = Instant.MAX;
      for (Entry entry : entries) {
        Instant at = date.atTime(entry.time()).toInstant(ZoneOffset.UTC);
        if (entry.isOn(date) && at.isAfter(after) && at.isBefore(earliest)) {
          earliest = at;
        }
      }
      if (earliest.isBefore(Instant.MAX)) {
        return earliest;
      }
    }
    return Instant.MAX;
  }
}
