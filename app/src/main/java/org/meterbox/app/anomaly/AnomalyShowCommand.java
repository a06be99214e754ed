// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.anomaly;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meterbox.app.anomaly.AnomalyConnection.HttpAnswer;
import org.meterbox.app.system.DataOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows what a user, or the DCC, sees of anomaly detection. */
@Command(
    name = "show",
    description = {
      "Show requests in quarantine, warnings, or thresholds and value limits.",
      "A user sees its own, the DCC sees all.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:shown", "1:the system could not be reached", "2:wrong arguments"},
    footerHeading = "%nExample:%n",
    footer = "  ./meterbox anomaly show quarantine --as supplier1")
final class AnomalyShowCommand implements Callable<Integer> {
  /** What can be shown; each is a page of the DSP, with its columns. */
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "quarantine",
          List.of("event", "alert", "service", "request", "at", "detail"),
          "warnings",
          List.of("service", "requests", "quarantineAfter", "at", "counted"),
          "thresholds",
          List.of(
              "service",
              "requests",
              "hours",
              "warning",
              "element",
              "min",
              "max",
              "from",
              "until",
              "counted"));

  private static final int OK = 200;

  @Parameters(
      paramLabel = "WHAT",
      defaultValue = "quarantine",
      description = "quarantine, warnings or thresholds (default: ${DEFAULT-VALUE})")
  private String subject = "quarantine";

  @Option(
      names = "--as",
      paramLabel = "WHO",
      defaultValue = "supplier1",
      description = "a user, as in send, or dcc (default: ${DEFAULT-VALUE})")
  private String who = "supplier1";

  @Option(names = "--json", description = "print what the DSP answers, a JSON array")
  private boolean json;

  @Mixin private DataOption data = new DataOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<String> columns =
        Optional.ofNullable(COLUMNS.get(subject))
            .orElseThrow(() ->
                new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "there is no "
                        + subject
                        + " to show; there are quarantine, warnings and thresholds"));
    try (AnomalyConnection connection =
        AnomalyConnection.open(spec.commandLine(), data.directory("up"), who)) {
      HttpAnswer answer = connection.get(subject);
      if (answer.status() != OK) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "the DSP answered with HTTP status %d: %s",
                answer.status(),
                answer.text().strip()));
      }
      if (json) {
        out.println(answer.text());
      } else {
        table(columns, JsonMapper.shared().readTree(answer.text())).forEach(out::println);
      }
      out.flush();
      return 0;
    }
  }

  private static List<String> table(List<String> columns, JsonNode rows) {
    if (rows.isEmpty()) {
      return List.of("nothing");
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns);
    for (JsonNode row : rows) {
      cells.add(columns.stream().map(name -> row.path(name).asString("")).toList());
    }
    return aligned(cells);
  }

  private static List<String> aligned(List<List<String>> cells) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int place = column;
        int width = cells.stream().mapToInt(other -> other.get(place).length()).max().orElse(0);
        if (width > 0) {
          line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
