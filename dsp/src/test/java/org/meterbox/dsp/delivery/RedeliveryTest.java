// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RedeliveryTest {
  private static final Instant MADE = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void aFailedAttemptIsRepeatedAfterFiveMinutes() {
    assertThat(Redelivery.after(MADE, MADE.plusSeconds(3), DeliveryPlan.STANDARD))
        .isEqualTo(new Redelivery.Again(MADE.plusSeconds(303)));
  }

  // Every five minutes for two days: 576 attempts after the first, then no more.
  @Test
  void itIsGivenUpAfterTwoDays() {
    Instant now = MADE;
    int attempts = 1;
    while (Redelivery.after(MADE, now, DeliveryPlan.STANDARD)
        instanceof Redelivery.Again(Instant at)) {
      now = at;
      attempts++;
    }
    assertThat(attempts).isEqualTo(577);
    assertThat(Duration.between(MADE, now)).isEqualTo(Duration.ofDays(2));
  }
}
