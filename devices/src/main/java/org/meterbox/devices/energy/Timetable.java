// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * When which rate applies: a special day's profile before the season's week, a season from its
 * start until the next one's (SMETS tariff switching table).
 *
 * @param seasons in the order in which they stand in the meter
 * @param weeks day profile numbers, Monday first, by week name
 * @param days switches by day profile number, in the order of their times
 * @param specialDays in the order in which they stand in the meter
 */
public record Timetable(
    List<Season> seasons,
    Map<String, List<Integer>> weeks,
    Map<Integer, List<Switch>> days,
    List<SpecialDay> specialDays) {
  /**
   * From this time of day on, this rate.
   *
   * @param selector 1 to 48 a rate, 101 to 108 a rate with blocks, 201 to 204 a rate of the
   *     secondary element
   */
  public record Switch(LocalTime at, int selector) {}

  /** A week profile from a day on. */
  public record Season(AnyDate start, String week) {}

  /** A day profile on a date. */
  public record SpecialDay(AnyDate date, int dayProfile) {}

  /** A date in which parts may be open: an open year means every year. */
  public record AnyDate(Optional<Integer> year, Optional<Integer> month, Optional<Integer> day) {
    /** Whether a date is such a date. */
    public boolean matches(LocalDate date) {
      return year.filter(y -> y != date.getYear()).isEmpty()
          && month.filter(m -> m != date.getMonthValue()).isEmpty()
          && day.filter(d -> d != date.getDayOfMonth()).isEmpty();
    }

    /**
     * The latest such date up to and including {@code limit}, with open parts at their earliest.
     */
    Optional<LocalDate> latestUpTo(LocalDate limit) {
      for (int back = 0; back <= 1; back++) {
        int candidateYear = year.orElse(limit.getYear() - back);
        LocalDate first = LocalDate.of(candidateYear, month.orElse(1), 1);
        LocalDate candidate = first.withDayOfMonth(Math.min(day.orElse(1), first.lengthOfMonth()));
        if (!candidate.isAfter(limit)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    }
  }

  /** Copies everything. */
  public Timetable {
    seasons = List.copyOf(seasons);
    weeks = Map.copyOf(weeks);
    days = Map.copyOf(days);
    specialDays = List.copyOf(specialDays);
  }

  /** One day profile for every day. */
  public static Timetable everyDay(List<Switch> switches) {
    AnyDate always = new AnyDate(Optional.empty(), Optional.empty(), Optional.empty());
    return new Timetable(
        List.of(new Season(always, "")),
        Map.of("", List.of(1, 1, 1, 1, 1, 1, 1)),
        Map.of(1, switches),
        List.of());
  }

  /** How far a timetable is looked through for the switch that holds: a week and a day. */
  private static final int DAYS_BACK = 8;

  /**
   * The selector that holds at an instant: that of the latest switch, if need be of a day before.
   *
   * @param mine the selectors that concern whoever asks
   */
  public OptionalInt selectorAt(Instant at, IntPredicate mine) {
    LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    LocalTime now = LocalTime.ofInstant(at, ZoneOffset.UTC);
    for (int back = 0; back < DAYS_BACK; back++) {
      List<Switch> switches = on(today.minusDays(back));
      for (Switch change : switches.reversed()) {
        if ((back > 0 || !change.at().isAfter(now)) && mine.test(change.selector())) {
          return OptionalInt.of(change.selector());
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The next switch after an instant on its day, or else the midnight that ends the day. */
  public Instant nextSwitch(Instant after) {
    LocalDate today = LocalDate.ofInstant(after, ZoneOffset.UTC);
    LocalTime now = LocalTime.ofInstant(after, ZoneOffset.UTC);
    for (Switch change : on(today)) {
      if (change.at().isAfter(now)) {
        return today.atTime(change.at()).toInstant(ZoneOffset.UTC);
      }
    }
    return today.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** The switches of a day in order; none where no profile is known for it. */
  public List<Switch> on(LocalDate date) {
    int profile =
        specialDays.stream()
            .filter(special -> special.date().matches(date))
            .findFirst()
            .map(SpecialDay::dayProfile)
            .orElseGet(() -> weekDayProfile(date));
    return days.getOrDefault(profile, List.of());
  }

  private int weekDayProfile(LocalDate date) {
    String week = "";
    LocalDate latest = LocalDate.MIN;
    for (Season season : seasons) {
      Optional<LocalDate> start = season.start().latestUpTo(date);
      // Of two seasons that start together the one that stands later holds.
      if (start.isPresent() && !start.get().isBefore(latest)) {
        latest = start.get();
        week = season.week();
      }
    }
    List<Integer> profiles = weeks.getOrDefault(week, List.of());
    return profiles.size() == 7 ? profiles.get(date.getDayOfWeek().getValue() - 1) : 0;
  }
}
