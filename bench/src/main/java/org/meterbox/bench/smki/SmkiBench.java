// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.smki;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Enrols batches of devices and looks certificates up, on a durable database of its own. */
@Command(
    name = "smki",
    description = {
      "Enrol devices by the batch and look certificates up.",
      "Batches and the limit of the machine take turns. The limit is the rate at which all",
      "processors together do nothing but what no certificate can be issued without: verify one",
      "ECDSA signature, the proof of possession, and make one, the certificate's own."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every limit was kept", "1:a limit was missed", "2:wrong arguments"})
public final class SmkiBench implements Callable<Integer> {
  private static final int FULL_DEVICES = 100_000;
  private static final int FULL_CERTIFICATES = 1_000_000;
  private static final double FULL_SECONDS_MAX = 300;
  private static final double RATIO_MAX = 3.0;
  private static final double LOOK_UP_MILLIS_MAX = 5.0;
  private static final int GROWTH_MEGABYTES_MAX = 16;

  @Option(
      names = "--full",
      description = "100,000 devices in one batch, and look-ups among 1,000,000 certificates.")
  private boolean full;

  @Option(
      names = "--devices",
      description = "In a batch, two certificates each (default: ${DEFAULT-VALUE}).")
  private int devices = 4_000;

  @Option(names = "--rounds", description = "How many batches (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--certificates",
      description = "In the repository for the look-ups (default: ${DEFAULT-VALUE}).")
  private int certificates = 200_000;

  @Option(names = "--look-ups", description = "Of each kind (default: ${DEFAULT-VALUE}).")
  private int lookUps = 10_000;

  @Spec private @Nullable CommandSpec spec;

  private boolean kept = true;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    if (full) {
      devices = FULL_DEVICES;
      rounds = 1;
      certificates = FULL_CERTIFICATES;
    }
    out.printf(
        Locale.ROOT,
        "%s, Java %s, %d processors, crypto by %s%n%n",
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        CryptoProviders.description());
    Path folder = Files.createTempDirectory("meterbox-bench-smki");
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    try (Store store =
        Store.open(StoreConfiguration.embedded(folder.resolve("store"), progress::println))) {
      enrol(out, new Enrolling(store, folder, progress));
      lookUp(out, new LookingUp(store, progress));
    } finally {
      delete(folder);
    }
    out.flush();
    return kept ? 0 : 1;
  }

  private void enrol(PrintWriter out, Enrolling enrolling) throws IOException {
    Enrolling.Measured measured = enrolling.measure(devices, rounds);
    out.printf(
        Locale.ROOT,
        "ECDSA alone, on all processors: %,.0f signatures a second; with one verification each"
            + " %,.0f, which is the limit%n",
        measured.signatures(),
        measured.signaturesAndProofs());
    out.printf(
        Locale.ROOT,
        "a batch of %,d devices took %.1f s, %.1f of them to take it in; %.0f us of this process's"
            + " processors for a certificate%n",
        devices,
        measured.seconds(),
        measured.secondsToTakeIn(),
        measured.cpuMicros());
    double ratio = measured.signaturesAndProofs() / measured.certificates();
    verdict(
        out,
        "certificates issued, durable",
        String.format(
            Locale.ROOT,
            "%,.0f a second, the limit is %.2f times as fast (signing alone %.1f times), at most %.0f",
            measured.certificates(),
            ratio,
            measured.signatures() / measured.certificates(),
            RATIO_MAX),
        ratio <= RATIO_MAX);
    double fullSeconds = measured.seconds() / devices * FULL_DEVICES;
    verdict(
        out,
        "enrolment of 100,000 devices",
        String.format(
            Locale.ROOT,
            "%.0f s%s, at most %.0f s",
            fullSeconds,
            devices == FULL_DEVICES ? "" : " at this rate",
            FULL_SECONDS_MAX),
        fullSeconds <= FULL_SECONDS_MAX);
    verdict(
        out,
        "memory in use",
        String.format(
            Locale.ROOT,
            "%d MB early in the last batch, %d MB late in it, at most %d MB more",
            measured.megabytesEarly(),
            measured.megabytesLate(),
            GROWTH_MEGABYTES_MAX),
        measured.megabytesLate() - measured.megabytesEarly() <= GROWTH_MEGABYTES_MAX);
  }

  private void lookUp(PrintWriter out, LookingUp lookingUp) {
    int filled = lookingUp.fill(certificates);
    for (LookingUp.Measured measured : lookingUp.measure(lookUps)) {
      verdict(
          out,
          "look-up by " + measured.by(),
          String.format(
              Locale.ROOT,
              "median %.2f ms, p99 %.2f ms among %,d certificates, at most %.0f ms",
              measured.medianMillis(),
              measured.p99Millis(),
              filled,
              LOOK_UP_MILLIS_MAX),
          measured.p99Millis() <= LOOK_UP_MILLIS_MAX);
    }
  }

  private void verdict(PrintWriter out, String what, String figures, boolean holds) {
    kept &= holds;
    out.printf(Locale.ROOT, "%-30s %-100s %s%n", what, figures, holds ? "kept" : "MISSED");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
