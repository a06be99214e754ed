// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.app.files.InputPath;
import org.meterbox.app.files.OutputPath;
import org.meterbox.app.terminal.Wrapped;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What every command has in common for a person: help, missing files, completion. */
final class CommandLineHelpTest {
  private static final String ABSENT = "no/such/file";

  private static Stream<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    collect(Meterbox.commandLine(), all);
    return all.stream();
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(below -> collect(below, all));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsATerminal(CommandLine command) {
    assertThat(command.getUsageMessage().lines())
        .as(command.getCommandSpec().qualifiedName())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Wrapped.COLUMNS));
  }

  // What is not marked would be met as a stack trace or an empty sentence, somewhere inside.
  @ParameterizedTest
  @MethodSource("commands")
  void everyPathIsMarkedAsReadOrWritten(CommandLine command) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      boolean isPath =
          argument.type() == Path.class || List.of(argument.auxiliaryTypes()).contains(Path.class);
      if (isPath && argument.userObject() instanceof java.lang.reflect.Field field) {
        assertThat(
                field.isAnnotationPresent(InputPath.class)
                    || field.isAnnotationPresent(OutputPath.class))
            .as("%s of %s", field, command.getCommandSpec().qualifiedName())
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("missing")
  void whatIsMissingIsToldByEveryCommandInTheSameWay(List<String> arguments) {
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors().lines())
        .isNotEmpty()
        .allSatisfy(line ->
            assertThat(line)
                .matches(
                    "meterbox: cannot read no/such/file, .+ \\(.+\\): there is no such (file|folder); .+"));
  }

  private static Stream<List<String>> missing() {
    return Stream.of(
        List.of("duis", "validate", ABSENT),
        List.of("duis", "verify", ABSENT, "--certificates", ABSENT),
        List.of("duis", "sign", ABSENT, "--key", ABSENT, "--certificate", ABSENT),
        List.of("gbcs", "decode", ABSENT, "--keys", ABSENT),
        List.of("gbcs", "reencode", ABSENT, "--out", "out"),
        List.of("gbcs", "sign", ABSENT, "--keys", ABSENT),
        List.of("transform", ABSENT, "--out", "out", "--devices", ABSENT),
        List.of("parse", ABSENT, "--out", "out", "--keys", ABSENT),
        List.of("correlate", ABSENT, ABSENT),
        List.of("correlate", "--pairs", ABSENT),
        List.of("parse-correlate", "--keys", ABSENT),
        List.of("parse-correlate", "--smki", "http://127.0.0.1:1", "--authorities", ABSENT),
        List.of("send", ABSENT),
        List.of("up", "--boxed", "--keystore", ABSENT),
        List.of("smki", "verify", ABSENT));
  }

  // A page of help above it hides what was wrong.
  @Test
  void wrongArgumentsAreToldInTwoLines() {
    CommandRun run = CommandRun.of("send", "request.xml", "--no-such-option");

    assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(run.errors()).contains("--no-such-option").contains("./meterbox send --help");
    assertThat(run.errors()).hasLineCount(2);
  }

  // Without a name the JDK's exception would say nothing but the path.
  @Test
  void withoutASystemThereIsSomethingToDo(@TempDir Path folder) {
    String request = Path.of("../docs/examples/read-supply-status.xml").toString();

    CommandRun run = CommandRun.of("send", request, "--data", folder.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains(folder.toString()).contains("./meterbox up");

    CommandRun export =
        CommandRun.of(
            "keys", "export", folder.resolve("k").toString(), "--data", folder.toString());
    assertThat(export.exitCode()).isEqualTo(1);
    assertThat(export.errors()).contains(folder.toString()).contains("./meterbox up");
  }

  // bash itself must take the script, and find commands, options and the launcher's own words.
  @Test
  void bashCompletes(@TempDir Path folder) throws IOException, InterruptedException {
    CommandRun run = CommandRun.of("completion", "bash");
    assertThat(run.exitCode()).isZero();
    Path script = java.nio.file.Files.writeString(folder.resolve("completion"), run.output());

    assertThat(complete(script, "se")).contains("send");
    assertThat(complete(script, "te")).contains("test");
    assertThat(complete(script, "send --js")).contains("--json");
  }

  private static String complete(Path script, String typed)
      throws IOException, InterruptedException {
    String line = "meterbox " + typed;
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                ". \"$1\"; COMP_LINE=$2; COMP_POINT=${#2}; read -ra COMP_WORDS <<<\"$2\";"
                    + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_meterbox;"
                    + " echo \"${COMPREPLY[@]}\"",
                "complete",
                script.toString(),
                line)
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return said;
  }
}
