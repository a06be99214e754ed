// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.anomaly.Threshold.Amount;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

/** Counting in the store, by several processes (each has an object of its own). */
final class RequestCountsTest {
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
  private static final CountedParty USER = new CountedParty.User(Eui64.parse("90B3D51F30010000"));

  private final Store store = TestStore.fresh();

  RequestCountsTest() {
    store.migrate("dsp", "org/meterbox/dsp/schema");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Threshold threshold(long requests, int hours) {
    return threshold(requests, hours, Optional.empty());
  }

  private static Threshold threshold(long requests, int hours, Optional<Long> warning) {
    return new Threshold(
        USER,
        new ServiceReferenceVariant("4.1.1"),
        new Amount.Requests(requests),
        hours,
        warning,
        new Validity(NOON.minus(Duration.ofDays(1)), Optional.empty()));
  }

  private static int passing(RequestCounts counts, Threshold threshold, int asked, Instant now) {
    int passed = 0;
    for (int i = 0; i < asked; i++) {
      passed += counts.passes(threshold, now) ? 1 : 0;
    }
    return passed;
  }

  @Test
  void exactlyTheThresholdPasses() {
    try (RequestCounts counts = new RequestCounts(store)) {
      assertThat(passing(counts, threshold(1_000, 24), 1_500, NOON)).isEqualTo(1_000);
      assertThat(passing(counts, threshold(0, 24), 3, NOON)).isZero();
    }
  }

  // Two nodes under a burst: together exactly as many as one would let pass.
  @Test
  void twoProcessesLetPassWhatOneWould() throws InterruptedException, ExecutionException {
    AtomicInteger passed = new AtomicInteger();
    Threshold threshold = threshold(700, 24, Optional.of(300L));
    try (RequestCounts one = new RequestCounts(store);
        RequestCounts other = new RequestCounts(store);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (RequestCounts counts : List.of(one, other, one, other)) {
        work.add(threads.submit(() -> passed.addAndGet(passing(counts, threshold, 400, NOON))));
      }
      for (Future<?> part : work) {
        part.get();
      }
      assertThat(passed).hasValue(700);
      // Whoever crosses the level warns, and nobody else.
      assertThat(one.warnings(Optional.empty(), 10)).hasSize(1);
    }
  }

  // What a process had taken when it died is used up: rather fewer pass than more.
  @Test
  void afterTheDeathOfAProcessNeverMorePass() {
    Threshold threshold = threshold(2_000, 24);
    int before = passing(new RequestCounts(store), threshold, 100, NOON);
    assertThat(before).isEqualTo(100);
    try (RequestCounts next = new RequestCounts(store)) {
      assertThat(passing(next, threshold, 2_000, NOON))
          .isBetween(1_900 - RequestCounts.TAKEN_MAX, 1_900);
    }
  }

  @Test
  void aProcessThatEndsGivesBackWhatItHadTaken() {
    Threshold threshold = threshold(2_000, 24);
    RequestCounts first = new RequestCounts(store);
    assertThat(passing(first, threshold, 100, NOON)).isEqualTo(100);
    first.close();
    try (RequestCounts next = new RequestCounts(store)) {
      assertThat(passing(next, threshold, 2_500, NOON)).isEqualTo(1_900);
    }
  }

  @Test
  void theHoursMoveOn() {
    try (RequestCounts counts = new RequestCounts(store)) {
      Threshold threshold = threshold(10, 3);
      assertThat(passing(counts, threshold, 4, NOON)).isEqualTo(4);
      Instant later = NOON.plus(Duration.ofHours(2));
      assertThat(passing(counts, threshold, 20, later)).isEqualTo(6);
      Instant firstHourOut = NOON.plus(Duration.ofHours(3));
      // The four of the first hour count no more; the twenty that were asked for then do.
      assertThat(passing(counts, threshold, 20, firstHourOut)).isZero();
      assertThat(passing(counts, threshold, 20, NOON.plus(Duration.ofHours(9)))).isEqualTo(10);
    }
  }

  // Otherwise a lower threshold would hold only for what is taken next.
  @Test
  void aNewThresholdHoldsForWhatWasTakenBefore() {
    try (RequestCounts counts = new RequestCounts(store)) {
      assertThat(passing(counts, threshold(100_000, 24), 100, NOON)).isEqualTo(100);
      assertThat(passing(counts, threshold(102, 24), 50, NOON)).isEqualTo(2);
    }
  }

  @Test
  void oldCountsAreDropped() {
    try (RequestCounts counts = new RequestCounts(store)) {
      assertThat(passing(counts, threshold(10, 24), 4, NOON)).isEqualTo(4);
      counts.forgetOld(NOON.plus(Duration.ofHours(Threshold.HOURS_MAX)));
      assertThat(passing(counts, threshold(4, 744), 1, NOON)).isZero();
      counts.forgetOld(NOON.plus(Duration.ofHours(Threshold.HOURS_MAX + 2)));
      try (RequestCounts next = new RequestCounts(store)) {
        assertThat(passing(next, threshold(4, 744), 1, NOON)).isEqualTo(1);
      }
    }
  }
}
