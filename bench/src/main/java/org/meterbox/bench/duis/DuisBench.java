// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.duis;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.meterbox.bench.measure.Stopwatch;
import org.meterbox.bench.measure.Stopwatch.Measured;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.request.ServiceRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the benchmarks of the duis and transform rooms and prints them beside their limits. */
@Command(
    name = "duis",
    description = "Validate, verify and translate requests.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every limit was kept", "1:a limit was missed", "2:wrong arguments"})
public final class DuisBench implements Callable<Integer> {
  private static final double MICROS = 1000.0;

  /** Of (bare ECDSA verification + bare XML parse), on one core. */
  private static final double LIMIT = 2.0;

  private static final String READ = "4.1.1";
  private static final String TARIFF = "largest tariff";
  private static final String WHOLE = ", all three";
  private static final String VALIDATE = ", validate";
  private static final String TRANSFORM = ", transform";
  private static final String VERIFY = ", verify alone";
  private static final String PARSE = ", parse alone";
  private static final String BARE = ", parse and verify alone";

  @Option(
      names = "--seconds",
      description = "To warm up each operation, and to count requests (default: ${DEFAULT-VALUE}).")
  private int seconds = 3;

  @Spec private @Nullable CommandSpec spec;

  private boolean kept = true;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    SampleRequests sender = new SampleRequests(new SecureRandom());
    Intake read = new Intake(sender, sender.read());
    Intake tariff = new Intake(sender, sender.tariff());
    // One after the other: a tariff of 100 kilobytes empties the caches between the turns.
    Map<String, Measured> measuredRead = measure(READ, read);
    Map<String, Measured> measuredTariff = measure(TARIFF, tariff);
    out.printf(
        Locale.ROOT,
        "%s, Java %s, %d processors, crypto by %s%n%n",
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        CryptoProviders.description());
    print(out, measuredRead, READ, read, true);
    print(out, measuredTariff, TARIFF, tariff, false);
    for (int threads = 1; threads <= 2; threads++) {
      out.printf(
          Locale.ROOT,
          "%,.0f requests (4.1.1, all three) a second on %d core%s%n",
          throughput(read, threads),
          threads,
          threads == 1 ? "" : "s");
    }
    out.flush();
    return kept ? 0 : 1;
  }

  private Map<String, Measured> measure(String name, Intake intake) throws Exception {
    ServiceRequest request = intake.validate();
    return new Stopwatch(seconds)
        .add(name + WHOLE, intake::whole)
        .add(name + BARE, intake::bare)
        .add(name + VALIDATE, intake::validate)
        .add(name + TRANSFORM, () -> intake.translate(request))
        .add(name + PARSE, intake::bareParse)
        .add(name + VERIFY, intake::bareVerify)
        .measure();
  }

  /** A request with its parts, and the ratio that counts. */
  private void print(
      PrintWriter out, Map<String, Measured> all, String name, Intake intake, boolean limited) {
    Measured whole = Objects.requireNonNull(all.get(name + WHOLE));
    Measured bare = Objects.requireNonNull(all.get(name + BARE));
    double ratio = whole.nanos() / bare.nanos();
    boolean holds = !limited || ratio <= LIMIT;
    kept &= holds;
    out.printf(Locale.ROOT, "%s, %,d octets%n", name, intake.octets());
    line(out, "validate + verify + transform", whole);
    line(out, "  validate (and digests)", Objects.requireNonNull(all.get(name + VALIDATE)));
    line(out, "  transform", Objects.requireNonNull(all.get(name + TRANSFORM)));
    line(out, "ECDSA verify + StAX parse alone", bare);
    line(out, "  ECDSA verification", Objects.requireNonNull(all.get(name + VERIFY)));
    line(out, "  StAX parse", Objects.requireNonNull(all.get(name + PARSE)));
    out.printf(
        Locale.ROOT,
        "%.2f times, %s%n%n",
        ratio,
        limited
            ? String.format(Locale.ROOT, "limit %.1f times: %s", LIMIT, holds ? "kept" : "MISSED")
            : "no limit is set");
  }

  private static void line(PrintWriter out, String what, Measured measured) {
    out.printf(
        Locale.ROOT,
        "  %-32s %9.2f us %9.0f octets allocated%n",
        what,
        measured.nanos() / MICROS,
        measured.octetsAllocated());
  }

  /** Requests a second, by so many threads at once. */
  private double throughput(Intake intake, int threads) throws Exception {
    long nanos = Math.max(TimeUnit.MILLISECONDS.toNanos(20), TimeUnit.SECONDS.toNanos(seconds));
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        rates.add(workers.submit(() -> rate(intake, nanos)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    }
  }

  private static double rate(Intake intake, long nanos) throws VerificationException {
    long began = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - began < nanos) {
      intake.whole();
      done++;
    }
    return done * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - began);
  }
}
