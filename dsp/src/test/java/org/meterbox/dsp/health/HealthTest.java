// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.health.Readiness.NotReady;
import org.meterbox.dsp.health.Readiness.Ready;
import org.meterbox.kernel.faults.FaultCount;

final class HealthTest {
  private final Health health = new Health();

  @Test
  void isReadyWhereEveryPartIs() {
    health.add("one", Ready::new);
    assertThat(health.report().isReady()).isTrue();
    health.add("another", () -> new NotReady("it is away"));
    assertThat(health.report().isReady()).isFalse();
  }

  // A probe must not wait for a database that hangs, and probes must not pile up behind it.
  @Test
  void aPartThatDoesNotAnswerIsNotReadyAndIsNotAskedAgainMeanwhile() {
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    health.add(
        "store",
        () -> {
          asked.incrementAndGet();
          try {
            hanging.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Ready();
        });
    for (int probe = 0; probe < 3; probe++) {
      assertThat(health.report().parts().getFirst().readiness())
          .isEqualTo(new NotReady("no answer within 800 ms"));
    }
    assertThat(asked).hasValue(1);
    hanging.countDown();
  }

  @Test
  void aCheckWithABugIsNotReady() {
    health.add(
        "part",
        () -> {
          throw new IllegalStateException("secret");
        });
    assertThat(health.report().parts().getFirst().readiness())
        .isEqualTo(new NotReady("IllegalStateException"));
  }

  @Test
  void showsTheFaultsOfBackgroundThreads() {
    FaultCount faults = new FaultCount(() -> Instant.EPOCH);
    health.add("part", Ready::new, faults);
    faults.add(new IllegalStateException("secret"));
    assertThat(health.report().isReady()).isTrue();
    assertThat(health.report().parts().getFirst().faults())
        .hasValueSatisfying(found -> {
          assertThat(found.count()).isEqualTo(1);
          assertThat(found.last())
              .contains(new FaultCount.Last(Instant.EPOCH, "IllegalStateException"));
        });
  }
}
