// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;

/**
 * A load over time: constant within each half hour of UTC, its height drawn from shape and seed.
 * The same seed gives the same curve on every machine. Energy is counted in joules, so that sums
 * are exact. Safe for use by many threads; what it remembers is only what it could compute again.
 */
public final class LoadCurve {
  /** Half hours of UTC. */
  public static final Duration STEP = Duration.ofMinutes(30);

  /** How far from its start a curve goes: a meter's life is shorter. */
  public static final int MAX_DAYS = 36_525;

  private static final long STEP_SECONDS = STEP.toSeconds();
  private static final long DAY_SECONDS = 86_400;

  private final LoadShape shape;
  private final long seed;
  private final long firstDay;
  private long[] joulesBeforeDay = {0};
  private int daysSummed;

  /**
   * A curve that is asked from this instant on.
   *
   * @param start energy before the UTC day of this instant is never asked for
   */
  public LoadCurve(LoadShape shape, long seed, Instant start) {
    this.shape = shape;
    this.seed = seed;
    this.firstDay = Math.floorDiv(start.getEpochSecond(), DAY_SECONDS);
  }

  /** The power at an instant, in W. */
  public int watts(Instant at) {
    return watts(Math.floorDiv(at.getEpochSecond(), STEP_SECONDS));
  }

  /**
   * The energy from one instant to a later one, in J; parts of a second count as if they had not
   * begun.
   *
   * @throws IllegalArgumentException where the span is reversed or leaves the curve
   */
  public long joules(Instant from, Instant to) {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "energy is asked from %s back to %s", from, to));
    }
    return joulesUntil(to.getEpochSecond()) - joulesUntil(from.getEpochSecond());
  }

  /** Joules from the first day's midnight. */
  private long joulesUntil(long second) {
    long day = Math.floorDiv(second, DAY_SECONDS) - firstDay;
    if (day < 0 || day >= MAX_DAYS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "the curve covers %d days", MAX_DAYS));
    }
    long midnight = (firstDay + day) * DAY_SECONDS;
    return joulesBefore((int) day) + joulesWithinDay(midnight, second);
  }

  private long joulesWithinDay(long midnight, long second) {
    long joules = 0;
    long step = midnight / STEP_SECONDS;
    for (long from = midnight; from < second; from += STEP_SECONDS) {
      joules += watts(step++) * Math.min(STEP_SECONDS, second - from);
    }
    return joules;
  }

  private synchronized long joulesBefore(int day) {
    if (day >= joulesBeforeDay.length) {
      joulesBeforeDay = Arrays.copyOf(joulesBeforeDay, Math.max(day + 1, 2 * daysSummed));
    }
    while (daysSummed < day) {
      long midnight = (firstDay + daysSummed) * DAY_SECONDS;
      joulesBeforeDay[daysSummed + 1] =
          joulesBeforeDay[daysSummed] + joulesWithinDay(midnight, midnight + DAY_SECONDS);
      daysSummed++;
    }
    return joulesBeforeDay[day];
  }

  private int watts(long step) {
    int halfHour = (int) Math.floorMod(step, (long) LoadShape.HALF_HOURS);
    int month = Instant.ofEpochSecond(step * STEP_SECONDS).atOffset(ZoneOffset.UTC).getMonthValue();
    long average = (long) shape.watts().get(halfHour) * shape.monthPercent().get(month - 1);
    int spread = shape.spreadPercent();
    long percent = 100 - spread + Math.floorMod(mix(seed ^ step), 2L * spread + 1);
    return (int) (average * percent / 10_000);
  }

  /** The finalizer of SplitMix64: spreads neighbouring numbers over all 64 bits. */
  static long mix(long number) {
    long z = (number + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
