// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theSameSeedGivesTheSameLoadAndAnotherSeedAnother(long seed) {
    assertThat(sum(seed)).isPositive().isEqualTo(sum(seed)).isNotEqualTo(sum(seed + 1));
  }

  /** What is integrated over a half hour must not change within it. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 899, 1_799})
  void loadAndVoltageStayTheSameWithinAHalfHour(long second) {
    LoadCurve curve = new LoadCurve(LoadShape.DOMESTIC, 7);
    VoltageCurve voltage = new VoltageCurve(7);
    Instant within = START.plusSeconds(second);
    assertThat(curve.watts(within)).isEqualTo(curve.watts(START));
    assertThat(voltage.volts(1, within, 500)).isEqualTo(voltage.volts(1, START, 500));
  }

  private static long sum(long seed) {
    LoadCurve curve = new LoadCurve(LoadShape.DOMESTIC, seed);
    long watts = 0;
    for (int step = 0; step < 40 * LoadShape.HALF_HOURS; step++) {
      watts += curve.watts(START.plus(Duration.ofMinutes(30).multipliedBy(step)));
    }
    return watts;
  }
}
