// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RedeliveryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:03Z");

  @Test
  void aFailedAttemptIsRepeatedAfterFiveMinutes() {
    assertThat(Redelivery.after(Duration.ZERO, NOW, DeliveryPlan.STANDARD))
        .isEqualTo(new Redelivery.Again(NOW.plusSeconds(300)));
  }

  // Every five minutes for two days: 576 attempts after the first, then no more.
  @Test
  void itIsGivenUpAfterTwoDaysOfTrying() {
    Duration tried = Duration.ZERO;
    int attempts = 1;
    while (Redelivery.after(tried, NOW, DeliveryPlan.STANDARD) instanceof Redelivery.Again) {
      tried = tried.plus(DeliveryPlan.STANDARD.interval());
      attempts++;
    }
    assertThat(attempts).isEqualTo(577);
    assertThat(tried).isEqualTo(Duration.ofDays(2));
  }
}
