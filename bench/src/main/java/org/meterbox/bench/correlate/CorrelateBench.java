// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.correlate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.bench.measure.Stopwatch;
import org.meterbox.bench.measure.Stopwatch.Measured;
import org.meterbox.bench.measure.Throughput;
import org.meterbox.correlate.Correlation;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.ParseResult.Parsed;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the benchmarks of the correlate room and prints them beside their limits. */
@Command(
    name = "correlate",
    description = "Parse device messages and check Pre-Commands.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every limit was kept", "1:a limit was missed", "2:wrong arguments"})
public final class CorrelateBench implements Callable<Integer> {
  private static final int CORES = 2;
  private static final int MESSAGES_PER_SECOND = 34_000;
  private static final double TIMES_BARE_CRYPTOGRAPHY = 3.0;
  private static final double CORRELATION_MILLIS = 1.0;
  private static final double PROFILE_MILLIS = 50.0;
  private static final double PROFILE_MEGABYTES = 64.0;

  /** Half hours of 13 months. */
  private static final int PROFILE_ENTRIES = 19_056;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MEGABYTE = 1e6;
  private static final String PARSE = "parse";
  private static final String BARE = "bare cryptography";
  private static final String CORRELATION = "correlate a full tariff";
  private static final String PROFILE = "parse a 13-month profile";

  @Option(
      names = "--messages",
      paramLabel = "DIR",
      description = "Parse the responses and alerts below this directory (files named *.HEX).")
  private @Nullable Path messages;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "The keys and certificates to check them by.")
  private @Nullable Path keys;

  @Option(
      names = "--seconds",
      description = "To warm up each operation (default: ${DEFAULT-VALUE}).")
  private int seconds = 3;

  @Spec private @Nullable CommandSpec spec;

  private boolean kept = true;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    SampleMeter meter = new SampleMeter(new SecureRandom());
    MessageMix mix = mix(meter);
    out.printf(
        Locale.ROOT,
        "%s, Java %s, %d processors, crypto by %s%n%n",
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        CryptoProviders.description());
    mixOfMessages(out, "MAC checked", mix.withMac());
    mixOfMessages(out, "MAC or signature checked", mix);
    singleOperations(out, meter);
    out.flush();
    return kept ? 0 : 1;
  }

  private MessageMix mix(SampleMeter meter) throws IOException {
    if (messages == null || keys == null) {
      if (messages != null || keys != null) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "--messages and --keys are needed together: the time is that of checked messages");
      }
      return MessageMix.own(meter);
    }
    MessageMix mix = MessageMix.of(messages, keys);
    if (mix.messages().isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "there is no response and no alert below " + messages);
    }
    return mix;
  }

  /** Parsing beside its cryptography, both on the same cores in turns. */
  private void mixOfMessages(PrintWriter out, String checked, MessageMix mix) throws Exception {
    int cores = Math.min(CORES, Runtime.getRuntime().availableProcessors());
    ParseAndCorrelate parser = new ParseAndCorrelate(mix.keys());
    List<BareCryptography> bare = new ArrayList<>();
    for (Octets message : mix.messages()) {
      bare.add(BareCryptography.of(message, mix.keys()));
    }
    Map<String, Double> measured =
        new Throughput(cores, seconds)
            .add(PARSE, () -> parseAll(parser, mix))
            .add(BARE, () -> runAll(bare))
            .measure();
    double parsed = Objects.requireNonNull(measured.get(PARSE));
    double limit = Objects.requireNonNull(measured.get(BARE));
    double times = limit / parsed;
    boolean fast = parsed >= MESSAGES_PER_SECOND;
    boolean near = times <= TIMES_BARE_CRYPTOGRAPHY;
    kept &= fast || near;
    out.printf(
        Locale.ROOT,
        "parse, %s, warm secrets, %d cores: %,.0f messages/s (%d from %s)%n",
        checked,
        cores,
        parsed,
        mix.messages().size(),
        mix.source());
    out.printf(
        Locale.ROOT,
        "  limit %,d messages/s: %s%n",
        MESSAGES_PER_SECOND,
        fast ? "kept" : "not reached");
    out.printf(
        Locale.ROOT,
        "  or within %.1f times the bare cryptography of the same messages (%,.0f/s): %.2f times,"
            + " %s%n",
        TIMES_BARE_CRYPTOGRAPHY,
        limit,
        times,
        near ? "kept" : "not reached");
    out.printf(Locale.ROOT, "  %s%n", fast || near ? "kept" : "MISSED");
    out.flush();
  }

  private static int parseAll(ParseAndCorrelate parser, MessageMix mix) throws DecodeException {
    int parsed = 0;
    for (Octets message : mix.messages()) {
      parsed += parser.parse(message) instanceof Parsed ? 1 : 0;
    }
    if (parsed != mix.messages().size()) {
      throw new IllegalStateException("a message was refuted");
    }
    return parsed;
  }

  private static int runAll(List<BareCryptography> all) throws VerificationException {
    int steps = 0;
    for (BareCryptography one : all) {
      steps += one.run();
    }
    if (steps == 0) {
      throw new IllegalStateException("the keys check none of the messages");
    }
    return all.size();
  }

  private void singleOperations(PrintWriter out, SampleMeter meter) throws Exception {
    FullTariff tariff = FullTariff.make();
    Octets profile = meter.profile(PROFILE_ENTRIES);
    ParseAndCorrelate room = new ParseAndCorrelate(meter);
    Map<String, Measured> measured =
        new Stopwatch(seconds)
            .add(CORRELATION, () -> matched(room, tariff))
            .add(PROFILE, () -> authentic(room, profile))
            .measure();
    Measured correlation = Objects.requireNonNull(measured.get(CORRELATION));
    Measured parsing = Objects.requireNonNull(measured.get(PROFILE));
    within(out, CORRELATION, tariff.preCommand(), correlation, CORRELATION_MILLIS);
    within(out, PROFILE, profile, parsing, PROFILE_MILLIS);
    double megabytes = parsing.octetsAllocated() / MEGABYTE;
    boolean bounded = megabytes <= PROFILE_MEGABYTES;
    kept &= bounded;
    out.printf(
        Locale.ROOT,
        "  %.1f MB allocated for %,d entries, limit %.0f MB: %s%n",
        megabytes,
        PROFILE_ENTRIES,
        PROFILE_MEGABYTES,
        bounded ? "kept" : "MISSED");
  }

  private void within(
      PrintWriter out, String what, Octets octets, Measured measured, double limit) {
    double millis = measured.nanos() / NANOS_PER_MILLI;
    boolean holds = millis <= limit;
    kept &= holds;
    out.printf(
        Locale.ROOT,
        "%s of %,d octets: %.3f ms, limit %.0f ms: %s%n",
        what,
        octets.length(),
        millis,
        limit,
        holds ? "kept" : "MISSED");
  }

  private static Correlation matched(ParseAndCorrelate room, FullTariff tariff) {
    Correlation correlation = room.correlate(tariff.request(), tariff.preCommand());
    if (correlation instanceof Correlation.Match) {
      return correlation;
    }
    throw new IllegalStateException("our own Pre-Command: " + correlation);
  }

  private static Parsed authentic(ParseAndCorrelate room, Octets message) throws DecodeException {
    if (room.parse(message) instanceof Parsed parsed
        && parsed.authentic()
        && parsed.remark().isEmpty()) {
      return parsed;
    }
    throw new IllegalStateException("our own message is not believed or not understood");
  }
}
