// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.devices.energy.Timetable.AnyDate;
import org.meterbox.devices.energy.Timetable.Season;
import org.meterbox.devices.energy.Timetable.SpecialDay;
import org.meterbox.devices.energy.Timetable.Switch;

class TimetableTest {
  private static final Timetable SUMMER_AND_WINTER =
      new Timetable(
          List.of(
              new Season(date(0, 4, 1), "summer"),
              new Season(date(0, 10, 1), "winter"),
              new Season(date(2027, 1, 15), "new")),
          Map.of(
              "summer", List.of(1, 1, 1, 1, 1, 2, 2),
              "winter", List.of(3, 3, 3, 3, 3, 4, 4),
              "new", List.of(5, 5, 5, 5, 5, 5, 5)),
          Map.of(1, rate(11), 2, rate(12), 3, rate(13), 4, rate(14), 5, rate(15), 9, rate(19)),
          List.of(new SpecialDay(date(0, 12, 25), 9), new SpecialDay(date(2026, 6, 3), 9)));

  @ParameterizedTest
  @CsvSource({
    "2026-04-01, 11", // Wednesday, the first day of summer
    "2026-09-30, 11",
    "2026-09-27, 12", // a Sunday
    "2026-10-01, 13",
    "2026-03-31, 13", // winter runs on over new year
    "2026-10-03, 14", // a Saturday
    "2026-12-25, 19", // special every year
    "2025-12-25, 19",
    "2026-06-03, 19", // special in one year
    "2025-06-03, 11",
    "2027-01-14, 13",
    "2027-01-15, 15", // a season of one year only
    "2027-04-01, 11",
  })
  void specialDayBeforeSeasonBeforeWeekDay(LocalDate day, int selector) {
    assertThat(SUMMER_AND_WINTER.on(day)).isEqualTo(rate(selector));
  }

  private static List<Switch> rate(int selector) {
    return List.of(new Switch(LocalTime.MIDNIGHT, selector));
  }

  private static AnyDate date(int year, int month, int day) {
    return new AnyDate(
        year == 0 ? Optional.empty() : Optional.of(year), Optional.of(month), Optional.of(day));
  }
}
