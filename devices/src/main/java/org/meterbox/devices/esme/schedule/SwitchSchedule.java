// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.meterbox.devices.energy.Timetable.AnyDate;
import org.meterbox.devices.esme.tariff.CosemTimetable;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.Octets;

/**
 * A schedule of scripts (DLMS class 10) with the special days that it names (class 11). On a
 * special day only entries that name it act; on others those of the weekday. Times are UTC. Entries
 * that make no sense are left out.
 *
 * @param specialDays in the order in which they stand in the meter
 */
public record SwitchSchedule(List<Entry> entries, List<AnyDate> specialDays) {
  private static final int FIELDS = 10;
  private static final int DATE_OCTETS = 5;
  private static final int OPEN_YEAR = 0xFFFF;
  private static final int MONTH = 100;

  /** How far back the entry that holds is looked for: a week and a day. */
  private static final int DAYS_BACK = 8;

  /**
   * One entry.
   *
   * @param selector the script that it runs
   * @param from the first day on which it acts; with an open year the first day of each year
   * @param until the last such day
   */
  public record Entry(
      int selector,
      LocalTime at,
      BitString weekdays,
      BitString specialDays,
      AnyDate from,
      AnyDate until) {
    boolean isOn(LocalDate date, OptionalInt special) {
      boolean named =
          special.isPresent()
              ? isSet(specialDays, special.getAsInt())
              : isSet(weekdays, date.getDayOfWeek().getValue() - 1);
      return named && isInRange(date);
    }

    /** A range in each year may reach over the turn of the year. */
    private boolean isInRange(LocalDate date) {
      if (isYearly(from) && isYearly(until)) {
        int day = date.getMonthValue() * MONTH + date.getDayOfMonth();
        int first = monthAndDay(from);
        int last = monthAndDay(until);
        return first <= last ? first <= day && day <= last : first <= day || day <= last;
      }
      return whole(from).filter(date::isBefore).isEmpty()
          && whole(until).filter(date::isAfter).isEmpty();
    }

    private static boolean isYearly(AnyDate date) {
      return date.year().isEmpty() && date.month().isPresent() && date.day().isPresent();
    }

    private static int monthAndDay(AnyDate date) {
      return date.month().orElse(1) * MONTH + date.day().orElse(1);
    }

    /** A whole date; empty where a part is open. */
    private static Optional<LocalDate> whole(AnyDate date) {
      return date.year().isPresent() && date.month().isPresent() && date.day().isPresent()
          ? Optional.of(
              LocalDate.of(date.year().get(), date.month().get(), 1)
                  .plusDays(date.day().get() - 1L))
          : Optional.empty();
    }

    private static boolean isSet(BitString bits, int bit) {
      return bit < bits.bits() && ((bits.octets().at(bit / 8) >> (7 - bit % 8)) & 1) == 1;
    }
  }

  /** Copies the lists. */
  public SwitchSchedule {
    entries = List.copyOf(entries);
    specialDays = List.copyOf(specialDays);
  }

  /** The schedule of these tables, as they stand in the meter. */
  public static SwitchSchedule read(DlmsValue entryTable, DlmsValue specialDayTable) {
    List<Entry> entries = new ArrayList<>();
    for (List<DlmsValue> fields : structures(entryTable)) {
      entry(fields).ifPresent(entries::add);
    }
    List<AnyDate> specialDays = new ArrayList<>();
    for (List<DlmsValue> fields : structures(specialDayTable)) {
      if (fields.size() == 3 && fields.get(1) instanceof OctetString(Octets date)) {
        specialDays.add(anyDate(date));
      }
    }
    return new SwitchSchedule(entries, specialDays);
  }

  /**
   * The script that the latest entry up to an instant ran.
   *
   * @param mine the scripts that concern whoever asks
   */
  public OptionalInt latest(Instant at, IntPredicate mine) {
    List<Entry> own = entries.stream().filter(entry -> mine.test(entry.selector())).toList();
    if (own.isEmpty()) {
      return OptionalInt.empty();
    }
    LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    LocalTime time = LocalTime.ofInstant(at, ZoneOffset.UTC);
    for (int back = 0; back < DAYS_BACK; back++) {
      Optional<Entry> latest = Optional.empty();
      for (Entry entry : on(today.minusDays(back), own)) {
        boolean done = back > 0 || !entry.at().isAfter(time);
        boolean later = latest.filter(l -> l.at().isAfter(entry.at())).isEmpty();
        if (done && later) {
          latest = Optional.of(entry);
        }
      }
      if (latest.isPresent()) {
        return OptionalInt.of(latest.get().selector());
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The next moment after an instant at which an entry acts, or the end of the day.
   *
   * @return {@link Instant#MAX} where there are no entries
   */
  public Instant next(Instant after) {
    if (entries.isEmpty()) {
      return Instant.MAX;
    }
    LocalDate today = LocalDate.ofInstant(after, ZoneOffset.UTC);
    LocalTime time = LocalTime.ofInstant(after, ZoneOffset.UTC);
    Instant next = today.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    for (Entry entry : on(today, entries)) {
      Instant at = today.atTime(entry.at()).toInstant(ZoneOffset.UTC);
      next = entry.at().isAfter(time) && at.isBefore(next) ? at : next;
    }
    return next;
  }

  private List<Entry> on(LocalDate date, List<Entry> among) {
    OptionalInt special = OptionalInt.empty();
    for (int i = 0; i < specialDays.size() && special.isEmpty(); i++) {
      special = specialDays.get(i).matches(date) ? OptionalInt.of(i) : special;
    }
    OptionalInt named = special;
    return among.stream().filter(entry -> entry.isOn(date, named)).toList();
  }

  private static List<List<DlmsValue>> structures(DlmsValue table) {
    return table instanceof ArrayOf(List<DlmsValue> elements)
        ? elements.stream()
            .filter(Structure.class::isInstance)
            .map(element -> ((Structure) element).elements())
            .toList()
        : List.of();
  }

  private static Optional<Entry> entry(List<DlmsValue> fields) {
    return fields.size() == FIELDS
            && fields.get(1) instanceof Bool enabled
            && enabled.value()
            && fields.get(3) instanceof UInt16(int selector)
            && fields.get(4) instanceof OctetString(Octets time)
            && fields.get(6) instanceof BitString weekdays
            && fields.get(7) instanceof BitString special
            && fields.get(8) instanceof OctetString(Octets from)
            && fields.get(9) instanceof OctetString(Octets until)
        ? CosemTimetable.time(time)
            .map(at -> new Entry(selector, at, weekdays, special, anyDate(from), anyDate(until)))
        : Optional.empty();
  }

  private static AnyDate anyDate(Octets octets) {
    if (octets.length() != DATE_OCTETS) {
      return new AnyDate(Optional.empty(), Optional.empty(), Optional.empty());
    }
    int year = octets.at(0) << 8 | octets.at(1);
    return new AnyDate(
        year == OPEN_YEAR || year == 0 ? Optional.empty() : Optional.of(year),
        within(octets.at(2), 12),
        within(octets.at(3), 31));
  }

  private static Optional<Integer> within(int number, int max) {
    return number >= 1 && number <= max ? Optional.of(number) : Optional.empty();
  }
}
