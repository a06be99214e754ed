// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.anomaly;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.anomaly.AnomalyConnection.HttpAnswer;
import org.meterbox.app.files.InputFile;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.system.DataOption;
import org.meterbox.dsp.anomaly.AnomalyFileReader;
import org.meterbox.dsp.anomaly.AnomalyFileReader.Draft;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a file of thresholds or orders and posts it. */
@Command(
    name = "send",
    description = {
      "Sign a file of thresholds, value limits or orders about quarantined requests, and post it.",
      "The format is described in docs/anomaly-detection.md. The time at which the file was made",
      "is written into it. A request is released or deleted when two people have ordered the same.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything in the file was done",
      "1:the system could not be reached",
      "2:wrong arguments",
      "3:refused, nothing of the file was done"
    },
    footerHeading = "%nExample:%n",
    footer = "  ./meterbox anomaly send docs/anomaly-thresholds.xml --as supplier1")
final class AnomalySendCommand implements Callable<Integer> {
  private static final int OK = 200;
  private static final int UNPROCESSABLE = 422;
  private static final int REFUSED = 3;

  @Parameters(paramLabel = "FILE.xml", description = "the file, signed or not")
  @InputPath(purpose = "a file of thresholds, limits or orders")
  private @Nullable Path file;

  @Option(
      names = "--as",
      paramLabel = "WHO",
      defaultValue = "supplier1",
      description = "a user, as in send, or dcc (default: ${DEFAULT-VALUE})")
  private String who = "supplier1";

  @Option(
      names = "--second",
      description = "sign as the organisation's second person: with the key of its role")
  private boolean second;

  @Mixin private DataOption data = new DataOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path given = Objects.requireNonNull(file, "picocli demands the parameter");
    Instant now = InstantSource.system().instant();
    try (AnomalyConnection connection =
        AnomalyConnection.open(spec.commandLine(), data.directory("up"), who)) {
      return switch (AnomalyFileReader.draft(
          new InputFile(given.toString(), given, given).read(AnomalyFileReader.OCTETS_MAX), now)) {
        case Draft.Faulty(List<String> faults) -> {
          faults.forEach(fault -> err.println(given + ": " + fault));
          err.flush();
          yield REFUSED;
        }
        case Draft.Ready(var document) -> told(connection.post(document, second), out, err, given);
      };
    }
  }

  private static int told(HttpAnswer answer, PrintWriter out, PrintWriter err, Path file)
      throws IOException {
    return switch (answer.status()) {
      case OK -> {
        out.print(answer.text());
        out.flush();
        yield 0;
      }
      case UNPROCESSABLE -> {
        answer.text().lines().forEach(line -> err.println(file + ": " + line));
        err.println(file + ": nothing of it was done");
        err.flush();
        yield REFUSED;
      }
      default ->
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "the DSP answered with HTTP status %d: %s",
                  answer.status(),
                  answer.text().strip()));
    };
  }
}
