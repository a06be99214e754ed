// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.gbcs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.bench.measure.Stopwatch;
import org.meterbox.bench.measure.Stopwatch.Measured;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.kernel.DecodeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the benchmarks of the gbcs room and prints them beside their limits. */
@Command(
    name = "gbcs",
    description = "Decode and check GBCS messages.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every limit was kept", "1:a limit was missed", "2:wrong arguments"})
public final class GbcsBench implements Callable<Integer> {
  private static final double MICROS = 1000.0;
  private static final long MAX_DECODE_NANOS = 20_000;
  private static final int SLOWEST_SHOWN = 3;

  @Option(
      names = "--messages",
      paramLabel = "DIR",
      description = "Also decode each message below this directory (files named *.HEX).")
  private @Nullable Path messages;

  @Option(
      names = "--seconds",
      description = "To warm up each operation (default: ${DEFAULT-VALUE}).")
  private int seconds = 3;

  @Spec private @Nullable CommandSpec spec;

  private boolean kept = true;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Stopwatch stopwatch = new Stopwatch(seconds);
    new GbcsOperations().addTo(stopwatch);
    Map<String, Measured> measured = stopwatch.measure();
    out.printf(
        Locale.ROOT,
        "%s, Java %s, %d processors, crypto by %s%n%n",
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        CryptoProviders.description());
    within(out, measured, GbcsOperations.DECODE_COMMAND);
    within(out, measured, GbcsOperations.DECODE_RESPONSE);
    within(out, measured, GbcsOperations.DECODE_CRITICAL);
    times(out, measured, GbcsOperations.MAC_WARM, GbcsOperations.MAC_WARM_LIMIT, 3.0);
    times(out, measured, GbcsOperations.MAC_COLD, GbcsOperations.MAC_COLD_LIMIT, 1.3);
    times(out, measured, GbcsOperations.SIGNATURE, GbcsOperations.SIGNATURE_LIMIT, 1.2);
    if (messages != null) {
      everyMessage(out, messages);
    }
    out.flush();
    return kept ? 0 : 1;
  }

  private void within(PrintWriter out, Map<String, Measured> all, String what) {
    Measured found = Objects.requireNonNull(all.get(what));
    String beside = String.format(Locale.ROOT, "limit %.0f us", MAX_DECODE_NANOS / MICROS);
    verdict(out, what, found, beside, found.nanos() <= MAX_DECODE_NANOS);
  }

  private void times(
      PrintWriter out, Map<String, Measured> all, String what, String limit, double factor) {
    Measured found = Objects.requireNonNull(all.get(what));
    Measured alone = Objects.requireNonNull(all.get(limit));
    double ratio = found.nanos() / alone.nanos();
    String beside =
        String.format(
            Locale.ROOT,
            "%.2f times %.2f us (%s), limit %.1f times",
            ratio,
            alone.nanos() / MICROS,
            limit,
            factor);
    verdict(out, what, found, beside, ratio <= factor);
  }

  private void verdict(
      PrintWriter out, String what, Measured measured, String beside, boolean holds) {
    kept &= holds;
    out.printf(
        Locale.ROOT,
        "%-26s %8.2f us %8.0f octets allocated   %-70s %s%n",
        what,
        measured.nanos() / MICROS,
        measured.octetsAllocated(),
        beside,
        holds ? "kept" : "MISSED");
  }

  private void everyMessage(PrintWriter out, Path directory) throws IOException, DecodeException {
    List<EveryMessage.Measured> all = EveryMessage.measure(directory);
    if (all.isEmpty()) {
      out.println("there is no file named *.HEX below " + directory);
      kept = false;
      return;
    }
    EveryMessage.Measured slowest = all.getFirst();
    out.printf(
        Locale.ROOT,
        "%n%d messages, median of medians %.2f us, the slowest:%n",
        all.size(),
        all.get(all.size() / 2).medianNanos() / MICROS);
    all.stream()
        .limit(SLOWEST_SHOWN)
        .forEach(m ->
            out.printf(
                Locale.ROOT,
                "  %8.2f us  %5d octets  %s%n",
                m.medianNanos() / MICROS,
                m.octets(),
                m.name()));
    boolean holds = slowest.medianNanos() <= MAX_DECODE_NANOS;
    kept &= holds;
    out.printf(
        Locale.ROOT,
        "every median below %d us: %s%n",
        MAX_DECODE_NANOS / 1000,
        holds ? "kept" : "MISSED");
  }
}
