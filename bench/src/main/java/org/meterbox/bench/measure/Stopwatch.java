// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures operations of a few microseconds on one thread. All operations are warmed up first and
 * then take turns in batches, so that what disturbs the machine disturbs each of them alike; an
 * operation and its limit can be compared. What counts is the batch that only a tenth of all
 * undercut: the machine when it is left alone.
 */
public final class Stopwatch {
  private static final int BATCHES = 1001;

  /** Without any warming up the figures say nothing: only whether all of it runs. */
  private static final int BATCHES_OF_A_TRIAL = 11;

  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** What an operation returns goes here, so that no compiler can leave it out. */
  @SuppressWarnings("UnusedVariable") // never read on purpose
  private static volatile @Nullable Object sink;

  private final long warmUpNanos;
  private final int batches;
  private final Map<String, Callable<?>> operations = new LinkedHashMap<>();

  /**
   * A stopwatch without operations.
   *
   * @param warmUpSeconds for each operation; 0 for a trial that measures nothing of worth
   */
  public Stopwatch(int warmUpSeconds) {
    this.warmUpNanos = TimeUnit.SECONDS.toNanos(warmUpSeconds);
    this.batches = warmUpSeconds == 0 ? BATCHES_OF_A_TRIAL : BATCHES;
  }

  /**
   * Time and memory of an operation.
   *
   * @param nanos for one operation of the batch that counts
   * @param octetsAllocated by one operation
   */
  public record Measured(double nanos, double octetsAllocated) {}

  /** Adds an operation; what it returns must depend on all that it does. */
  public Stopwatch add(String name, Callable<?> operation) {
    operations.put(name, operation);
    return this;
  }

  /**
   * Measures all operations.
   *
   * @throws Exception what an operation threw
   */
  public Map<String, Measured> measure() throws Exception {
    List<Series> all = new ArrayList<>();
    // Twice round: what is compiled for the first operation may be compiled anew for the second.
    for (int round = 0; round < 2; round++) {
      all.clear();
      for (Map.Entry<String, Callable<?>> operation : operations.entrySet()) {
        all.add(warmedUp(operation.getKey(), operation.getValue()));
      }
    }
    for (int batch = 0; batch < batches; batch++) {
      for (Series series : all) {
        series.measure(batch);
      }
    }
    Map<String, Measured> measured = new LinkedHashMap<>();
    for (Series series : all) {
      measured.put(series.name, series.measured());
    }
    return measured;
  }

  private Series warmedUp(String name, Callable<?> operation) throws Exception {
    long began = System.nanoTime();
    long repeats = 0;
    do {
      sink = operation.call();
      repeats++;
    } while (System.nanoTime() - began < warmUpNanos);
    long elapsed = Math.max(1, System.nanoTime() - began);
    long batchSize = Math.max(1, repeats * BATCH_NANOS / elapsed);
    return new Series(name, operation, Math.toIntExact(batchSize), batches);
  }

  /** The batches of one operation. */
  private static final class Series {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final Callable<?> operation;
    private final int batchSize;
    private final double[] nanos;
    private final double[] octets;

    Series(String name, Callable<?> operation, int batchSize, int batches) {
      this.name = name;
      this.operation = operation;
      this.batchSize = batchSize;
      this.nanos = new double[batches];
      this.octets = new double[batches];
    }

    void measure(int batch) throws Exception {
      long octetsBefore = THREADS.getCurrentThreadAllocatedBytes();
      long began = System.nanoTime();
      for (int i = 0; i < batchSize; i++) {
        sink = operation.call();
      }
      nanos[batch] = (System.nanoTime() - began) / (double) batchSize;
      octets[batch] =
          (THREADS.getCurrentThreadAllocatedBytes() - octetsBefore) / (double) batchSize;
    }

    Measured measured() {
      Arrays.sort(nanos);
      Arrays.sort(octets);
      // In ascending order: a tenth of the batches is faster.
      int counted = nanos.length / 10;
      return new Measured(nanos[counted], octets[counted]);
    }
  }
}
