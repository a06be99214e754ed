// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class OperatingTimeTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration BEFORE = Duration.ofHours(3);

  private final OperatingTime time = new OperatingTime(BEFORE, START);

  @Test
  void countsWhatPassesBetweenTwoLooks() {
    assertThat(time.advance(START.plusSeconds(5))).isEqualTo(new OperatingTime.Step.Counted());
    time.advance(START.plusSeconds(11));
    assertThat(time.total()).isEqualTo(BEFORE.plusSeconds(11));
  }

  @Test
  void aMinuteCountsAndALongerGapDoesNot() {
    time.advance(START.plus(OperatingTime.STEP_MAX));
    Duration counted = time.total();
    assertThat(counted).isEqualTo(BEFORE.plus(OperatingTime.STEP_MAX));
    Duration gap = OperatingTime.STEP_MAX.plusMillis(1);
    assertThat(time.advance(START.plus(OperatingTime.STEP_MAX).plus(gap)))
        .isEqualTo(new OperatingTime.Step.Gap(gap));
    assertThat(time.total()).isEqualTo(counted);
  }

  @Test
  void aClockThatIsSetBackCountsNothingAndGoesOnFromThere() {
    assertThat(time.advance(START.minusSeconds(3600)))
        .isEqualTo(new OperatingTime.Step.SetBack(Duration.ofHours(1)));
    time.advance(START.minusSeconds(3590));
    assertThat(time.total()).isEqualTo(BEFORE.plusSeconds(10));
  }

  @Test
  void isStoredOncePerMinute() {
    time.advance(START.plusSeconds(59));
    assertThat(time.isToBeStored()).isFalse();
    time.advance(START.plusSeconds(60));
    assertThat(time.isToBeStored()).isTrue();
    time.stored(time.total());
    assertThat(time.isToBeStored()).isFalse();
  }
}
