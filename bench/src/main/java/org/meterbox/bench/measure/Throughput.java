// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How often operations run in a second on several threads at once. They take turns in slices, so
 * that an operation and its limit meet the same machine; what counts is the slice that only a tenth
 * of all exceed.
 */
public final class Throughput {
  private static final int SLICES = 31;
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final int threads;
  private final long warmUpNanos;
  private final Map<String, Callable<Integer>> operations = new LinkedHashMap<>();

  /**
   * Without operations.
   *
   * @param warmUpSeconds for each operation
   */
  public Throughput(int threads, int warmUpSeconds) {
    this.threads = threads;
    this.warmUpNanos = TimeUnit.SECONDS.toNanos(warmUpSeconds);
  }

  /** Adds an operation that returns how many things it did; it must be safe for many threads. */
  public Throughput add(String name, Callable<Integer> operation) {
    operations.put(name, operation);
    return this;
  }

  /**
   * Measures all operations.
   *
   * @return for each, how many things it does in a second on all threads together
   * @throws ExecutionException what an operation threw
   * @throws InterruptedException where the calling thread is to end
   */
  public Map<String, Double> measure() throws ExecutionException, InterruptedException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 2; round++) {
        for (Callable<Integer> operation : operations.values()) {
          slice(executor, operation, warmUpNanos);
        }
      }
      Map<String, double[]> rates = new LinkedHashMap<>();
      operations.keySet().forEach(name -> rates.put(name, new double[SLICES]));
      for (int i = 0; i < SLICES; i++) {
        for (Map.Entry<String, Callable<Integer>> operation : operations.entrySet()) {
          double[] ofOne = rates.getOrDefault(operation.getKey(), new double[SLICES]);
          ofOne[i] = slice(executor, operation.getValue(), SLICE_NANOS);
        }
      }
      Map<String, Double> measured = new LinkedHashMap<>();
      rates.forEach((name, all) -> {
        Arrays.sort(all);
        measured.put(name, all[SLICES - 1 - SLICES / 10]);
      });
      return measured;
    }
  }

  private double slice(ExecutorService executor, Callable<Integer> operation, long nanos)
      throws ExecutionException, InterruptedException {
    List<Future<Double>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(executor.submit(() -> rate(operation, nanos)));
    }
    double sum = 0;
    for (Future<Double> one : all) {
      sum += one.get();
    }
    return sum;
  }

  private static double rate(Callable<Integer> operation, long nanos) throws Exception {
    long began = System.nanoTime();
    long done = 0;
    long elapsed;
    do {
      done += operation.call();
      elapsed = System.nanoTime() - began;
    } while (elapsed < nanos);
    return done * (double) TimeUnit.SECONDS.toNanos(1) / elapsed;
  }
}
