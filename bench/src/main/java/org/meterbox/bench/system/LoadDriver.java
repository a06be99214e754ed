// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.meterbox.bench.system.PairClient.FailedPairException;

/**
 * Drives pairs through the system. In the closed loop a fixed number is outstanding; in the open
 * loop pairs begin at a fixed rate, and a pair's time counts from the moment at which it should
 * have begun, so that a system that stands still is not flattered (no coordinated omission).
 */
final class LoadDriver {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final PairClient client;
  private final Mix mix;
  private final int outstanding;

  /**
   * @param outstanding pairs under way at once: always as many in the closed loop, at most as many
   *     in the open loop
   */
  LoadDriver(PairClient client, Mix mix, int outstanding) {
    this.client = client;
    this.mix = mix;
    this.outstanding = outstanding;
  }

  /**
   * Pairs of one phase.
   *
   * @param latency in microseconds
   * @param failed pairs that did not end with the device's authentic answer
   * @param firstFailure why the first of them failed
   */
  record Result(Duration elapsed, Histogram latency, long failed, Optional<String> firstFailure) {
    double pairsPerSecond() {
      return latency.getTotalCount() * (double) TimeUnit.SECONDS.toNanos(1) / elapsed.toNanos();
    }

    double percentileMillis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  /** As many pairs as the system manages with a fixed number outstanding. */
  Result closedLoop(Duration duration) throws InterruptedException {
    Phase phase = new Phase(duration);
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int user = 0; user < outstanding; user++) {
        users.execute(() -> {
          while (!phase.over()) {
            phase.run(System.nanoTime());
          }
        });
      }
    }
    return phase.result();
  }

  /** Pairs that begin at a fixed rate. */
  Result openLoop(Duration duration, double pairsPerSecond) throws InterruptedException {
    Phase phase = new Phase(duration);
    Semaphore places = new Semaphore(outstanding);
    double intervalNanos = TimeUnit.SECONDS.toNanos(1) / pairsPerSecond;
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long number = 0; !phase.over(); number++) {
        long due = phase.began + (long) (number * intervalNanos);
        LockSupport.parkNanos(due - System.nanoTime());
        places.acquire();
        users.execute(() -> {
          phase.run(due);
          places.release();
        });
      }
    }
    return phase.result();
  }

  /** One phase of load; safe for many threads. */
  private final class Phase {
    private final long began = System.nanoTime();
    private final long ends;
    private final AtomicLong pairs = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<Optional<String>> firstFailure =
        new AtomicReference<>(Optional.empty());
    private final Histogram latency = new ConcurrentHistogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);

    Phase(Duration duration) {
      this.ends = began + duration.toNanos();
    }

    boolean over() {
      return System.nanoTime() >= ends || Thread.currentThread().isInterrupted();
    }

    void run(long due) {
      try {
        client.pair(mix.kind(pairs.getAndIncrement()));
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
        latency.recordValue(Math.min(LONGEST_MICROS, micros));
      } catch (FailedPairException | IOException e) {
        failed.incrementAndGet();
        firstFailure.compareAndSet(Optional.empty(), Optional.of(String.valueOf(e)));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    Result result() {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
      return new Result(elapsed, latency, failed.get(), firstFailure.get());
    }
  }
}
