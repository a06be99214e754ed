// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A load over time: constant within each half hour of UTC, its height drawn from shape and seed.
 * The same seed gives the same curve on every machine.
 *
 * @param seed makes this curve differ from others of its shape
 */
public record LoadCurve(LoadShape shape, long seed) {
  /** Half hours of UTC. */
  public static final Duration STEP = Duration.ofMinutes(30);

  private static final long STEP_SECONDS = STEP.toSeconds();
  private static final long DAY_SECONDS = 86_400;

  /** The power at an instant, in W. */
  public int watts(Instant at) {
    long step = Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    int halfHour = (int) Math.floorMod(step, (long) LoadShape.HALF_HOURS);
    int watts = shape.watts().get(halfHour);
    if (watts == 0) {
      return 0;
    }
    int month =
        LocalDate.ofEpochDay(Math.floorDiv(at.getEpochSecond(), DAY_SECONDS)).getMonthValue();
    long average = (long) watts * shape.monthPercent().get(month - 1);
    int spread = shape.spreadPercent();
    long percent = 100 - spread + Math.floorMod(mix(seed ^ step), 2L * spread + 1);
    return (int) (average * percent / 10_000);
  }

  /** The finalizer of SplitMix64: spreads neighbouring numbers over all 64 bits. */
  public static long mix(long number) {
    long z = (number + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
