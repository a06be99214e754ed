// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Duration;
import java.time.Instant;

/**
 * The supply voltage over time: 230 V, some volts less in the evening peak, and some noise drawn
 * from a seed. Safe for use by many threads.
 */
public final class VoltageCurve {
  private static final int NOMINAL_VOLTS = 235;
  private static final int NOISE_VOLTS = 4;
  private static final int WATTS_PER_VOLT = 120;

  private final LoadCurve load;
  private final long seed;

  /**
   * The voltage at a home.
   *
   * @param load what pulls the voltage down
   */
  public VoltageCurve(LoadCurve load, long seed) {
    this.load = load;
    this.seed = seed;
  }

  /** The average over the period that ends at an instant, in V. */
  public int averageVolts(Instant end, Duration period) {
    long number = Math.floorDiv(end.getEpochSecond(), Math.max(1, period.toSeconds()));
    long noise = Math.floorMod(LoadCurve.mix(seed ^ number), 2L * NOISE_VOLTS + 1) - NOISE_VOLTS;
    return NOMINAL_VOLTS + (int) noise - load.watts(end.minusSeconds(1)) / WATTS_PER_VOLT;
  }
}
