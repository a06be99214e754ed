// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ScheduleCalendarTest {
  private static ScheduleCalendar calendar(ScheduleFrequency frequency, String start, String end) {
    return new ScheduleCalendar(
        frequency,
        LocalDate.parse(start),
        Optional.of(end).filter(text -> !text.equals("-")).map(LocalDate::parse),
        LocalTime.of(3, 0));
  }

  private static String date(Optional<ScheduleCalendar.Run> run) {
    return run.map(r -> r.date().toString()).orElse("-");
  }

  // A month without the day has its run on its last day, and the next month has the day again.
  @ParameterizedTest
  @CsvSource({
    "DAILY, 2026-01-31, 1, 2026-02-01", "WEEKLY, 2026-01-31, 2, 2026-02-14",
    "MONTHLY, 2026-01-31, 1, 2026-02-28", "MONTHLY, 2026-01-31, 2, 2026-03-31",
    "QUARTERLY, 2026-01-31, 1, 2026-04-30", "HALF_YEARLY, 2026-01-31, 1, 2026-07-31",
    "YEARLY, 2024-02-29, 1, 2025-02-28", "YEARLY, 2024-02-29, 4, 2028-02-29"
  })
  void runsFollowEachOther(ScheduleFrequency frequency, String start, int number, String date) {
    assertThat(date(calendar(frequency, start, "-").run(number))).isEqualTo(date);
  }

  @Test
  void theLastDayIsRunAndNothingAfterIt() {
    ScheduleCalendar calendar = calendar(ScheduleFrequency.DAILY, "2026-01-01", "2026-01-03");
    assertThat(date(calendar.run(2))).isEqualTo("2026-01-03");
    assertThat(date(calendar.run(3))).isEqualTo("-");
    assertThat(calendar.firstFrom(Instant.parse("2026-01-03T03:00:01Z"))).isEmpty();
  }

  // Found by a guess and a walk: the same as by walking from the first run.
  @ParameterizedTest
  @EnumSource(ScheduleFrequency.class)
  void theFirstRunFromAMomentIsTheFirst(ScheduleFrequency frequency) {
    ScheduleCalendar calendar = calendar(frequency, "2016-01-31", "-");
    for (int day = 0; day < 4_000; day += 7) {
      Instant moment =
          LocalDate.parse("2015-12-01").plusDays(day).atTime(3, 0, 1).toInstant(ZoneOffset.UTC);
      int number = 0;
      while (calendar.run(number).orElseThrow().at().isBefore(moment)) {
        number++;
      }
      assertThat(calendar.firstFrom(moment)).isEqualTo(calendar.run(number));
    }
  }

  @Test
  void everyWordOfTheSchemaIsKnown() {
    for (String word :
        new String[] {"Daily", "Weekly", "Monthly", "Quarterly", "Half-Yearly", "Yearly"}) {
      assertThat(ScheduleFrequency.of(word)).isPresent();
    }
    assertThat(ScheduleFrequency.of("Hourly")).isEmpty();
  }
}
