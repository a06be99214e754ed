// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.control;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meterbox.devices.energy.Timetable.AnyDate;
import org.meterbox.devices.esme.state.RandomisedOffset;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.tariff.CosemTimetable;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.ArrayOf;
import org.meterbox.gbcs.dlms.DlmsValue.BitString;
import org.meterbox.gbcs.dlms.DlmsValue.Bool;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.Octets;

/**
 * The calendar of the auxiliary controllers (class 10) with its special days (class 11). On a
 * special day only entries that name it act; on others those of the weekday. What they do is late
 * by the meter's randomised offset.
 */
record ControllerCalendar(List<Entry> entries, List<AnyDate> specialDays, long offsetSeconds) {
  private static final CosemAttribute ENTRIES = CosemAttribute.of(10, "0-0:12.0.2.255", 2);
  private static final CosemAttribute SPECIAL_DAYS = CosemAttribute.of(11, "0-0:11.0.3.255", 2);
  private static final int FIELDS = 10;
  private static final int DATE_OCTETS = 5;

  /** How far back the entry that holds is looked for: a week and a day. */
  private static final int DAYS_BACK = 8;

  record Entry(
      int selector,
      LocalTime at,
      BitString weekdays,
      BitString specialDays,
      Optional<LocalDate> from,
      Optional<LocalDate> until) {
    boolean isOn(LocalDate date, OptionalInt special) {
      boolean inRange =
          from.filter(date::isBefore).isEmpty() && until.filter(date::isAfter).isEmpty();
      boolean named =
          special.isPresent()
              ? isSet(specialDays, special.getAsInt())
              : isSet(weekdays, date.getDayOfWeek().getValue() - 1);
      return inRange && named;
    }

    private static boolean isSet(BitString bits, int bit) {
      return bit < bits.bits() && ((bits.octets().at(bit / 8) >> (7 - bit % 8)) & 1) == 1;
    }
  }

  ControllerCalendar {
    entries = List.copyOf(entries);
    specialDays = List.copyOf(specialDays);
  }

  static ControllerCalendar of(Settings settings) {
    return settings.view(ControllerCalendar.class, ControllerCalendar::read);
  }

  /** The level that the calendar gives an output or input at an instant. */
  OptionalInt level(ControllerPort port, Instant at) {
    if (entries.isEmpty()) {
      return OptionalInt.empty();
    }
    Instant now = at.minusSeconds(offsetSeconds);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalTime time = LocalTime.ofInstant(now, ZoneOffset.UTC);
    for (int back = 0; back < DAYS_BACK; back++) {
      LocalDate date = today.minusDays(back);
      Optional<Entry> latest = Optional.empty();
      for (Entry entry : on(date)) {
        boolean done = back > 0 || !entry.at().isAfter(time);
        boolean later = latest.filter(l -> l.at().isAfter(entry.at())).isEmpty();
        if (done && later && port.levelOf(entry.selector()).isPresent()) {
          latest = Optional.of(entry);
        }
      }
      if (latest.isPresent()) {
        return port.levelOf(latest.get().selector());
      }
    }
    return OptionalInt.empty();
  }

  /** The next moment after an instant at which an entry acts, or the end of the day. */
  Instant next(Instant after) {
    if (entries.isEmpty()) {
      return Instant.MAX;
    }
    Instant shifted = after.minusSeconds(offsetSeconds);
    LocalDate today = LocalDate.ofInstant(shifted, ZoneOffset.UTC);
    LocalTime time = LocalTime.ofInstant(shifted, ZoneOffset.UTC);
    LocalDate tomorrow = today.plusDays(1);
    Instant next = tomorrow.atStartOfDay().toInstant(ZoneOffset.UTC);
    for (Entry entry : on(today)) {
      Instant at = today.atTime(entry.at()).toInstant(ZoneOffset.UTC);
      next = entry.at().isAfter(time) && at.isBefore(next) ? at : next;
    }
    return next.plusSeconds(offsetSeconds);
  }

  private List<Entry> on(LocalDate date) {
    OptionalInt special = OptionalInt.empty();
    for (int i = 0; i < specialDays.size() && special.isEmpty(); i++) {
      special = specialDays.get(i).matches(date) ? OptionalInt.of(i) : special;
    }
    OptionalInt named = special;
    return entries.stream().filter(entry -> entry.isOn(date, named)).toList();
  }

  private static ControllerCalendar read(Settings settings) {
    List<Entry> entries = new ArrayList<>();
    for (List<DlmsValue> fields : structures(settings, ENTRIES)) {
      entry(fields).ifPresent(entries::add);
    }
    List<AnyDate> specialDays = new ArrayList<>();
    for (List<DlmsValue> fields : structures(settings, SPECIAL_DAYS)) {
      if (fields.size() == 3 && fields.get(1) instanceof OctetString(Octets date)) {
        specialDays.add(anyDate(date));
      }
    }
    return new ControllerCalendar(entries, specialDays, RandomisedOffset.of(settings).toSeconds());
  }

  private static List<List<DlmsValue>> structures(Settings settings, CosemAttribute attribute) {
    return settings.get(attribute).orElse(DlmsValue.NullData.VALUE)
            instanceof ArrayOf(List<DlmsValue> elements)
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
            .map(at -> new Entry(selector, at, weekdays, special, date(from), date(until)))
        : Optional.empty();
  }

  /** A whole date; empty where a part is open. */
  private static Optional<LocalDate> date(Octets octets) {
    AnyDate date = anyDate(octets);
    return date.year().isPresent() && date.month().isPresent() && date.day().isPresent()
        ? Optional.of(
            LocalDate.of(date.year().get(), date.month().get(), 1).plusDays(date.day().get() - 1L))
        : Optional.empty();
  }

  private static AnyDate anyDate(Octets octets) {
    if (octets.length() != DATE_OCTETS) {
      return new AnyDate(Optional.empty(), Optional.empty(), Optional.empty());
    }
    int year = octets.at(0) << 8 | octets.at(1);
    return new AnyDate(
        year == 0xFFFF || year == 0 ? Optional.empty() : Optional.of(year),
        within(octets.at(2), 12),
        within(octets.at(3), 31));
  }

  private static Optional<Integer> within(int number, int max) {
    return number >= 1 && number <= max ? Optional.of(number) : Optional.empty();
  }
}
