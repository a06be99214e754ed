// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.schedules;

import java.time.Period;
import java.util.Arrays;
import java.util.Optional;

/** How often a schedule runs (DUIS, ScheduleFrequency). */
public enum ScheduleFrequency {
  DAILY("Daily", Period.ofDays(1), 1),
  WEEKLY("Weekly", Period.ofWeeks(1), 7),
  MONTHLY("Monthly", Period.ofMonths(1), 31),
  QUARTERLY("Quarterly", Period.ofMonths(3), 92),
  HALF_YEARLY("Half-Yearly", Period.ofMonths(6), 184),
  YEARLY("Yearly", Period.ofYears(1), 366);

  private final String word;
  private final Period period;
  private final int daysMax;

  ScheduleFrequency(String word, Period period, int daysMax) {
    this.word = word;
    this.period = period;
    this.daysMax = daysMax;
  }

  /** No two runs that follow each other are more days apart. */
  int daysMax() {
    return daysMax;
  }

  /** From one run to the next. */
  Period period() {
    return period;
  }

  /** The frequency that DUIS writes so. */
  public static Optional<ScheduleFrequency> of(String word) {
    return Arrays.stream(values()).filter(frequency -> frequency.word.equals(word)).findFirst();
  }
}
