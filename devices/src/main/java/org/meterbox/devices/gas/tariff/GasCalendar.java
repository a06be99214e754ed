// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.tariff;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.energy.Timetable;
import org.meterbox.devices.energy.Timetable.AnyDate;
import org.meterbox.gbcs.gbz.ZclFields;
import org.meterbox.gbcs.gbz.ZclValue;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A calendar of the ZigBee calendar cluster: which day profile on which day, and what switches when
 * on it.
 *
 * @param issuerEvent when it was issued, in the supplier's numbers
 * @param id the supplier's number for it
 */
public record GasCalendar(
    long issuerEvent,
    long id,
    List<Day> days,
    List<Week> weeks,
    List<Season> seasons,
    List<SpecialDay> specialDays) {
  /** A calendar that says nothing. */
  public static final GasCalendar EMPTY =
      new GasCalendar(0, 0, List.of(), List.of(), List.of(), List.of());

  /** Special days at most (SMETS2 4.6.4). */
  public static final int MAX_SPECIAL_DAYS = 20;

  /** Seasons at most. */
  static final int MAX_SEASONS = 3;

  private static final int FIRST_YEAR = 1_900;
  private static final int MINUTES = 24 * 60;

  /** What switches on a day, in the order of the day. */
  public record Day(int id, List<Entry> entries) {
    /** Copies the list. */
    public Day {
      entries = List.copyOf(entries);
    }
  }

  /** From this minute of the day on, this value: a price tier, or whether it is switched on. */
  public record Entry(int minute, int value) {}

  /** Seven day profiles, Monday first. */
  public record Week(int id, List<Integer> days) {
    /** Copies the list. */
    public Week {
      days = List.copyOf(days);
    }
  }

  /** A week profile from a day on. */
  public record Season(ZclValue.Date start, int week) {}

  /** A day profile on a date. */
  public record SpecialDay(ZclValue.Date date, int day) {}

  /** Copies the lists. */
  public GasCalendar {
    days = List.copyOf(days);
    weeks = List.copyOf(weeks);
    seasons = List.copyOf(seasons);
    specialDays = List.copyOf(specialDays);
  }

  /** Whether it says nothing of ordinary days. */
  public boolean isEmpty() {
    return days.isEmpty();
  }

  /** With other special days. */
  public GasCalendar withSpecialDays(List<SpecialDay> changed) {
    return new GasCalendar(issuerEvent, id, days, weeks, seasons, changed);
  }

  /** A day profile as it was published; empty where it makes no sense. */
  static Optional<Day> day(ZclFields fields) {
    List<Entry> entries = new ArrayList<>();
    for (ZclFields row : fields.rows("Schedule Entries")) {
      entries.add(
          new Entry(
              (int) row.number("Start Minute"),
              (int) row.number("Price Tier or Friendly Credit Enable")));
    }
    boolean rises = !entries.isEmpty() && entries.getFirst().minute() == 0;
    for (int i = 1; i < entries.size(); i++) {
      rises &= entries.get(i - 1).minute() < entries.get(i).minute();
    }
    boolean fits =
        rises
            && entries.getLast().minute() < MINUTES
            && entries.size() == fields.number("Total Number of Schedule Entries");
    return fits ? Optional.of(new Day((int) fields.number("Day Id"), entries)) : Optional.empty();
  }

  /** A week profile as it was published. */
  static Week week(ZclFields fields) {
    return new Week(
        (int) fields.number("Week Id"),
        fields.rows("Days From Monday").stream()
            .map(row -> (int) row.number("Day Id Ref"))
            .toList());
  }

  /** Seasons as they were published. */
  static List<Season> seasons(ZclFields fields) {
    return fields.rows("Seasons").stream()
        .map(row -> new Season(row.date("Season Start Date"), (int) row.number("Week Id Ref")))
        .toList();
  }

  /** Special days as they were published. */
  static List<SpecialDay> specialDays(ZclFields fields) {
    return fields.rows("Special Days").stream()
        .map(row -> new SpecialDay(row.date("Special Day Date"), (int) row.number("Day Id Ref")))
        .toList();
  }

  /** Whether every week, season and special day names something that is there. */
  boolean isClosed() {
    List<Integer> dayIds = days.stream().map(Day::id).toList();
    List<Integer> weekIds = weeks.stream().map(Week::id).toList();
    return weeks.stream().allMatch(week -> dayIds.containsAll(week.days()))
        && (weeks.isEmpty()
            || seasons.stream().allMatch(season -> weekIds.contains(season.week())));
  }

  /** When which value holds. Without weeks the first day profile holds on every day. */
  public Timetable timetable() {
    Map<Integer, List<Timetable.Switch>> switches = new HashMap<>();
    for (Day day : days) {
      switches.put(
          day.id(),
          day.entries().stream()
              .map(entry ->
                  new Timetable.Switch(
                      LocalTime.of(entry.minute() / 60, entry.minute() % 60), entry.value()))
              .sorted(Comparator.comparing(Timetable.Switch::at))
              .toList());
    }
    if (weeks.isEmpty()) {
      return Timetable.everyDay(
          days.isEmpty() ? List.of() : switches.getOrDefault(days.getFirst().id(), List.of()));
    }
    Map<String, List<Integer>> weekProfiles = new HashMap<>();
    weeks.forEach(week -> weekProfiles.put(String.valueOf(week.id()), week.days()));
    return new Timetable(
        seasons.stream()
            .map(season ->
                new Timetable.Season(anyDate(season.start()), String.valueOf(season.week())))
            .toList(),
        weekProfiles,
        switches,
        specialDays.stream()
            .map(special -> new Timetable.SpecialDay(anyDate(special.date()), special.day()))
            .toList());
  }

  private static AnyDate anyDate(ZclValue.Date date) {
    return new AnyDate(
        part(date.year()).map(year -> FIRST_YEAR + year),
        part(date.month()).filter(month -> month >= 1 && month <= 12),
        part(date.day()).filter(day -> day >= 1 && day <= 31));
  }

  private static Optional<Integer> part(int number) {
    return number == ZclValue.Date.ANY ? Optional.empty() : Optional.of(number);
  }

  void write(OctetWriter image) {
    image.u32(issuerEvent).u32(id).u8(days.size());
    for (Day day : days) {
      image.u8(day.id()).u8(day.entries().size());
      day.entries().forEach(entry -> image.u16(entry.minute()).u8(entry.value()));
    }
    image.u8(weeks.size());
    for (Week week : weeks) {
      image.u8(week.id());
      week.days().forEach(image::u8);
    }
    image.u8(seasons.size());
    seasons.forEach(season -> writeDated(season.start(), season.week(), image));
    image.u8(specialDays.size());
    specialDays.forEach(special -> writeDated(special.date(), special.day(), image));
  }

  private static void writeDated(ZclValue.Date date, int number, OctetWriter image) {
    image.u8(date.year()).u8(date.month()).u8(date.day()).u8(date.weekday()).u8(number);
  }

  static GasCalendar read(OctetReader image) throws DecodeException {
    long issuerEvent = image.u32();
    long id = image.u32();
    List<Day> days = new ArrayList<>();
    for (int left = image.u8(); left > 0; left--) {
      int day = image.u8();
      List<Entry> entries = new ArrayList<>();
      for (int more = image.u8(); more > 0; more--) {
        entries.add(new Entry(image.u16(), image.u8()));
      }
      days.add(new Day(day, entries));
    }
    List<Week> weeks = new ArrayList<>();
    for (int left = image.u8(); left > 0; left--) {
      int week = image.u8();
      List<Integer> ofWeek = new ArrayList<>();
      for (int day = 0; day < 7; day++) {
        ofWeek.add(image.u8());
      }
      weeks.add(new Week(week, ofWeek));
    }
    List<Season> seasons = new ArrayList<>();
    for (int left = image.u8(); left > 0; left--) {
      seasons.add(new Season(readDate(image), image.u8()));
    }
    List<SpecialDay> specialDays = new ArrayList<>();
    for (int left = image.u8(); left > 0; left--) {
      specialDays.add(new SpecialDay(readDate(image), image.u8()));
    }
    return new GasCalendar(issuerEvent, id, days, weeks, seasons, specialDays);
  }

  private static ZclValue.Date readDate(OctetReader image) throws DecodeException {
    return new ZclValue.Date(image.u8(), image.u8(), image.u8(), image.u8());
  }
}
