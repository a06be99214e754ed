// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * On which days and at which time a schedule runs; dates and times are UTC. A month without the
 * start date's day has its run on its last day.
 *
 * @param start the first day
 * @param end the last day on which it may run; none for a schedule without an end
 * @param time of day
 */
public record ScheduleCalendar(
    ScheduleFrequency frequency, LocalDate start, Optional<LocalDate> end, LocalTime time) {
  /** Runs of one schedule at most: a daily one reaches it after more than 2,800 years. */
  public static final int RUNS_MAX = 1 << 20;

  /**
   * One run.
   *
   * @param number counted from 0
   * @param date the day to which offsets count
   * @param at when it is started
   */
  public record Run(int number, LocalDate date, Instant at) {}

  /** The run with this number; empty after the end. */
  public Optional<Run> run(int number) {
    if (number < 0 || number >= RUNS_MAX) {
      return Optional.empty();
    }
    // Counted from the start each time: the 31st of January is followed by 28 February, 31 March.
    LocalDate date = start.plus(frequency.period().multipliedBy(number));
    return end.isPresent() && date.isAfter(end.get())
        ? Optional.empty()
        : Optional.of(new Run(number, date, date.atTime(time).toInstant(ZoneOffset.UTC)));
  }

  /** The first run at or after this moment; empty where there is none any more. */
  public Optional<Run> firstFrom(Instant moment) {
    LocalDate day = moment.atOffset(ZoneOffset.UTC).toLocalDate();
    long days = Math.max(0, ChronoUnit.DAYS.between(start, day));
    // A number that is surely not too high: runs are counted as far apart as they ever are.
    int number = (int) Math.min(RUNS_MAX, days / frequency.daysMax());
    Optional<Run> run = run(number);
    while (run.isPresent() && run.get().at().isBefore(moment)) {
      number++;
      run = run(number);
    }
    return run;
  }
}
