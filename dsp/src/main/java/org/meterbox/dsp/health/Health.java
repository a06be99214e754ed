// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.meterbox.dsp.health.Readiness.NotReady;
import org.meterbox.kernel.faults.FaultCount;

/**
 * The readiness of each part of the system. All parts are checked at the same time, and one that
 * does not answer within {@link #ANSWER_MAX} is not ready: an operator's probe never waits for a
 * hanging database. Safe for use by many threads.
 */
public final class Health {
  /** How long a report takes at most; load balancers give a probe about a second. */
  public static final Duration ANSWER_MAX = Duration.ofMillis(800);

  private final List<Part> parts = new CopyOnWriteArrayList<>();

  /**
   * What one part said.
   *
   * @param faults counted by its background threads, where it has any
   */
  public record PartReport(String name, Readiness readiness, Optional<FaultCount> faults) {}

  /** The answer to one probe. */
  public record Report(List<PartReport> parts) {
    public Report {
      parts = List.copyOf(parts);
    }

    /** Whether every part is ready. */
    public boolean isReady() {
      return parts.stream().allMatch(part -> part.readiness() instanceof Readiness.Ready);
    }
  }

  /** Adds a part whose readiness the check tells; what the check throws means "not ready". */
  public void add(String name, Supplier<Readiness> check) {
    parts.add(new Part(name, check, Optional.empty()));
  }

  /** Adds a part with background threads, which count their faults. */
  public void add(String name, Supplier<Readiness> check, FaultCount faults) {
    parts.add(new Part(name, check, Optional.of(faults)));
  }

  /** Asks all parts and returns within {@link #ANSWER_MAX}. */
  public Report report() {
    long end = System.nanoTime() + ANSWER_MAX.toNanos();
    List<CompletableFuture<Readiness>> answers =
        parts.stream().map(Part::startOrJoinCheck).toList();
    List<PartReport> reports = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Part part = parts.get(i);
      reports.add(new PartReport(part.name, await(answers.get(i), end), part.faults));
    }
    return new Report(reports);
  }

  private static Readiness await(CompletableFuture<Readiness> answer, long end) {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new NotReady(
          String.format(Locale.ROOT, "no answer within %d ms", ANSWER_MAX.toMillis()));
    } catch (ExecutionException e) {
      // The class alone: a message may hold what operators must not see.
      return new NotReady(Optional.ofNullable(e.getCause()).orElse(e).getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotReady("interrupted");
    }
  }

  private static final class Part {
    private final String name;
    private final Supplier<Readiness> check;
    private final Optional<FaultCount> faults;
    private Optional<CompletableFuture<Readiness>> running = Optional.empty();

    Part(String name, Supplier<Readiness> check, Optional<FaultCount> faults) {
      this.name = name;
      this.check = check;
      this.faults = faults;
    }

    /** At most one check of a part runs, so that probes do not pile up behind one that hangs. */
    synchronized CompletableFuture<Readiness> startOrJoinCheck() {
      Optional<CompletableFuture<Readiness>> unfinished = running.filter(check -> !check.isDone());
      if (unfinished.isPresent()) {
        return unfinished.get();
      }
      CompletableFuture<Readiness> started =
          CompletableFuture.supplyAsync(
              check, work -> Thread.ofVirtual().name("health-" + name).start(work));
      running = Optional.of(started);
      return started;
    }
  }
}
