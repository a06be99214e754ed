// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.testing.MovableClock;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

final class ReservedCounterTest {
  private final MovableClock clock = new MovableClock();
  private final Store store = TestStore.fresh();

  @BeforeEach
  void migrate() {
    store.migrate("dsp", "org/meterbox/dsp/schema");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private ReservedCounter counter() {
    return new ReservedCounter(store, "broker", clock);
  }

  @Test
  void valuesRise() {
    ReservedCounter counter = counter();
    OriginatorCounter first = counter.next();
    assertThat(counter.next().exceeds(first)).isTrue();
    assertThat(first.value()).isEqualTo(clock.instant().toEpochMilli());
  }

  // A process that was killed has not said which values it used: its whole block counts as used.
  @Test
  void aRestartUsesNoValueAgain() {
    ReservedCounter before = counter();
    for (int i = 0; i < 10; i++) {
      before.next();
    }
    OriginatorCounter last = before.next();
    ReservedCounter after = counter();
    assertThat(after.next().exceeds(last)).isTrue();
    assertThat(before.next()).isNotEqualTo(after.next());
  }

  // Two processes, or one that has used up a block: no value twice, not even across blocks.
  @Test
  void noValueIsGivenOutTwice() throws Exception {
    List<ReservedCounter> counters = List.of(counter(), counter());
    int each = ReservedCounter.BLOCK + 10;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Set<OriginatorCounter>>> tasks =
          counters.stream()
              .<Callable<Set<OriginatorCounter>>>map(counter ->
                  () -> {
                    Set<OriginatorCounter> taken = new HashSet<>();
                    IntStream.range(0, each).forEach(_ -> taken.add(counter.next()));
                    return taken;
                  })
              .toList();
      Set<OriginatorCounter> all = new HashSet<>();
      for (Future<Set<OriginatorCounter>> taken : threads.invokeAll(tasks)) {
        all.addAll(taken.get());
      }
      assertThat(all).hasSize(2 * each);
    }
  }
}
