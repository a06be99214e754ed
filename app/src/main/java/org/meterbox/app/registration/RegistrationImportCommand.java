// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.registration;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.system.DataOption;
import org.meterbox.dsp.DataSystems;
import org.meterbox.dsp.registration.RegistrationImport.Rejection;
import org.meterbox.dsp.registration.RegistrationImport.Report;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a file of registration data into a system's store. */
@Command(
    name = "import",
    description = {
      "Take in a file of registration data, record by record, in one transaction.",
      "The format is described in docs/registration.md. A system that runs on the embedded",
      "database is stopped first; one with a database of its own may go on."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every record was taken",
      "1:records were rejected, or the store is not to be had",
      "2:wrong arguments",
      "3:the file was refused, nothing of it was taken"
    })
final class RegistrationImportCommand implements Callable<Integer> {
  private static final int REJECTED = 1;
  private static final int REFUSED = 3;
  private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  @Parameters(paramLabel = "FILE", description = "the file of registration data")
  @InputPath(purpose = "a file of registration data")
  private @Nullable Path file;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "an external PostgreSQL instead of the embedded one")
  private @Nullable String databaseUrl;

  @Mixin private DataOption data = new DataOption();
  @Spec private @Nullable CommandSpec spec;
  private long said = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path given = Objects.requireNonNull(file);
    try (Store store = Store.open(configuration(err))) {
      Report report =
          DataSystems.registrationImport(store, InstantSource.system())
              .take(
                  () -> Files.newBufferedReader(given, StandardCharsets.UTF_8),
                  read -> say(err, read));
      return switch (report) {
        case Report.Refused(long line, String why) -> {
          err.printf(
              Locale.ROOT, "%s, line %,d: %s; nothing of the file was taken%n", given, line, why);
          err.flush();
          yield REFUSED;
        }
        case Report.Taken taken -> told(out, given, taken);
      };
    }
  }

  private StoreConfiguration configuration(PrintWriter err) {
    return Optional.ofNullable(databaseUrl)
        .map(url -> StoreConfiguration.external(url, step -> step(err, step)))
        .orElseGet(() ->
            StoreConfiguration.embedded(data.directory("up").store(), step -> step(err, step)));
  }

  private static void step(PrintWriter err, String step) {
    err.println("  " + step);
    err.flush();
  }

  private void say(PrintWriter err, long read) {
    if (System.nanoTime() - said > SAY_EVERY_NANOS) {
      said = System.nanoTime();
      err.printf(Locale.ROOT, "  %,d records%n", read);
      err.flush();
    }
  }

  private static int told(PrintWriter out, Path file, Report.Taken taken) {
    for (Rejection rejection : taken.rejections()) {
      out.printf(Locale.ROOT, "%s, line %d: %s%n", file, rejection.line(), rejection.why());
    }
    if (taken.rejected() > taken.rejections().size()) {
      out.printf(Locale.ROOT, "and %,d more%n", taken.rejected() - taken.rejections().size());
    }
    out.printf(
        Locale.ROOT,
        "file %d of %s: %,d records taken, %,d rejected%n",
        taken.header().number(),
        taken.header().provider(),
        taken.accepted(),
        taken.rejected());
    out.flush();
    return taken.rejected() == 0 ? 0 : REJECTED;
  }
}
