// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Instant;

/**
 * The supply voltage over time, constant within each half hour of UTC: near the middle of the
 * statutory range, some volts less under load, some noise drawn from a seed.
 *
 * @param seed makes this home differ from others
 */
public record VoltageCurve(long seed) {
  private static final int NOMINAL_VOLTS = 240;
  private static final int NOISE_VOLTS = 4;
  private static final int WATTS_PER_VOLT = 400;

  /**
   * The voltage of a phase at an instant, in V.
   *
   * @param phase 1 to 3
   * @param load what pulls the voltage down, in W; below zero where generation lifts it
   */
  public int volts(int phase, Instant at, int load) {
    long step = Math.floorDiv(at.getEpochSecond(), LoadCurve.STEP.toSeconds());
    long drawn = LoadCurve.mix(seed ^ step * 4 + phase);
    int noise = (int) Math.floorMod(drawn, 2L * NOISE_VOLTS + 1) - NOISE_VOLTS;
    return NOMINAL_VOLTS + noise - load / WATTS_PER_VOLT;
  }
}
