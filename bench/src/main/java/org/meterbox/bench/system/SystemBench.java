// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.system.CentralParties;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.app.system.UserDesk;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.dsp.users.DccUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the whole system, drives pairs of request and response through it, and prints costs. */
@Command(
    name = "system",
    description =
        "Drive signed requests through the whole system, until the pushed response is verified.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every pair succeeded",
      "1:pairs failed, or a ratio is worse than in the compared run",
      "2:wrong arguments"
    })
public final class SystemBench implements Callable<Integer> {
  /** The rate counts as steady after two phases of which neither beats the best by this much. */
  private static final double STEADY = 0.05;

  private static final int STEADY_PHASES = 2;
  private static final int WARM_UP_PHASES_MAX = 30;

  /** Share of one core that the compiler may still take when the rate counts as steady. */
  private static final double COMPILING_MAX = 0.1;

  private static final Duration WARM_UP_PHASE_MAX = Duration.ofSeconds(5);

  @Option(
      names = "--mix",
      split = ",",
      description = "${COMPLETION-CANDIDATES} (default: all of them).")
  private List<Mix> mixes = List.of(Mix.values());

  @Option(
      names = "--outstanding",
      description = "Pairs under way at once in the closed loop (default: ${DEFAULT-VALUE}).")
  private int outstanding = 64;

  @Option(
      names = "--seconds",
      description = "Length of a measured phase (default: ${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(
      names = "--json",
      description = "One line of JSON for each mix on standard output, all else on standard error.")
  private boolean json;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Results of an earlier run with --json; a ratio more than 15 %% worse fails.")
  private @Nullable Path compare;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter told = json ? spec.commandLine().getErr() : out;
    Optional<Baseline> baseline =
        compare == null ? Optional.empty() : Optional.of(Baseline.read(compare));
    Path data = Files.createTempDirectory("meterbox-bench");
    try {
      return measure(data, baseline, out, told);
    } finally {
      delete(data);
    }
  }

  private int measure(Path data, Optional<Baseline> baseline, PrintWriter out, PrintWriter told)
      throws Exception {
    InstantSource clock = InstantSource.system();
    Consumer<String> progress = step -> say(told, "  " + step);
    SystemConfiguration configuration =
        new SystemConfiguration(
            new DataDirectory(data),
            Optional.empty(),
            SystemConfiguration.Ports.FREE,
            Map.of(),
            Optional.empty(),
            Gateway.CONNECTIONS,
            progress);
    boolean allSucceeded = true;
    try (MeterboxSystem system = MeterboxSystem.start(configuration, clock, SystemObserver.NONE);
        UserDesk desk = system.desk(Participant.SUPPLIER_1);
        PushReceiver receiver =
            new PushReceiver(
                desk.dspVerifier(),
                CentralParties.ACCESS_CONTROL_BROKER,
                system.receiverTls(Participant.SUPPLIER_1))) {
      receiveAt(system, receiver);
      DatabaseCounters database = new DatabaseCounters(system.store());
      say(told, "  measuring bare cryptography, parsing and commits");
      BareCosts bare = BareCosts.measure(system.store(), database, Math.min(seconds, 2));
      SystemReport report = new SystemReport(bare);
      report.bare().forEach(line -> say(told, line));
      PairClient client = new PairClient(desk, receiver, system.premises(), clock.instant());
      for (Mix mix : mixes) {
        SystemReport.Row row = measure(mix, client, database, told);
        report.lines(row).forEach(line -> say(told, line));
        if (json) {
          say(out, report.json(row));
        }
        Optional<Baseline.Comparison> compared =
            baseline.flatMap(earlier -> earlier.compare(mix, report.dspRatio(row)));
        compared.ifPresent(comparison -> say(told, comparison.line()));
        allSucceeded &= row.closed().failed() == 0 && row.open().failed() == 0;
        allSucceeded &= !compared.map(Baseline.Comparison::worse).orElse(false);
      }
    }
    return allSucceeded ? 0 : 1;
  }

  private SystemReport.Row measure(
      Mix mix, PairClient client, DatabaseCounters database, PrintWriter told)
      throws IOException, InterruptedException {
    LoadDriver driver = new LoadDriver(client, mix, outstanding);
    warmUp(mix, driver, told);
    Duration phase = Duration.ofSeconds(seconds);
    LoadDriver.Result closed;
    Costs used;
    Map<String, Double> shares;
    try (Profile profile = Profile.start()) {
      Costs before = Costs.now(database);
      closed = driver.closedLoop(phase);
      used = Costs.now(database).since(before);
      shares = profile.shares();
    }
    double half = Math.max(1, closed.pairsPerSecond() / 2);
    say(told, String.format(Locale.ROOT, "  %s: half load, %.0f pairs/s", mix.title(), half));
    LoadDriver.Result open = driver.openLoop(phase, half);
    return new SystemReport.Row(mix, closed, open, used, shares);
  }

  /**
   * Until the rate no longer rises and the compiler has little to do: on few or busy cores it takes
   * the better part of the processor for minutes, while the rate hardly changes.
   */
  private void warmUp(Mix mix, LoadDriver driver, PrintWriter told) throws InterruptedException {
    Duration phase = Duration.ofSeconds(seconds);
    phase = phase.compareTo(WARM_UP_PHASE_MAX) < 0 ? phase : WARM_UP_PHASE_MAX;
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    double best = 0;
    int steady = 0;
    for (int number = 1; number <= WARM_UP_PHASES_MAX; number++) {
      long compiledMillis = compiler.getTotalCompilationTime();
      double rate = driver.closedLoop(phase).pairsPerSecond();
      double compiling =
          (double) (compiler.getTotalCompilationTime() - compiledMillis) / phase.toMillis();
      say(
          told,
          String.format(
              Locale.ROOT,
              "  %s: warm-up, %.0f pairs/s, compiler busy %.0f %%",
              mix.title(),
              rate,
              compiling * 100));
      boolean rises = rate > best * (1 + STEADY) || compiling > COMPILING_MAX;
      steady = rises ? 0 : steady + 1;
      if (steady == STEADY_PHASES) {
        say(told, "  steady");
        return;
      }
      best = Math.max(best, rate);
    }
    say(told, "  not steady after " + WARM_UP_PHASES_MAX + " phases; measured all the same");
  }

  private static void receiveAt(MeterboxSystem system, PushReceiver receiver) {
    DccUser user = system.dsp().users().find(Participant.SUPPLIER_1.id()).orElseThrow();
    system
        .dsp()
        .users()
        .put(
            new DccUser(
                user.id(),
                user.name(),
                user.status(),
                user.roles(),
                user.tlsIdentities(),
                Optional.of(receiver.address()),
                user.duisVersion()));
  }

  private static void say(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
