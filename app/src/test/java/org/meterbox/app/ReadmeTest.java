// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger types the lines of the README, one after the other, in a checkout in which nothing was
 * ever started. The launcher is played by the classes of this build.
 */
final class ReadmeTest {
  private static final Path README = Path.of("../README.md");
  private static final int MINUTES_MAX = 5;

  /** What a machine may have in use already, and what would run for many minutes. */
  private static final String ANY_PORTS =
      " --port 0 --management-port 0 --smki-port 0 --portal-port 0"
          + " --operations-port 0 --adapter-port 0";

  private static final Map<String, String> HELD_ELSEWHERE =
      Map.of(
          "./meterbox demo", "DemoCommandTest",
          "./meterbox test", "LauncherTest",
          "./meterbox bench duis", "the room bench has its own launcher");

  @TempDir Path checkout;

  private final List<Process> running = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : running.reversed()) {
      process.destroy();
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void everyLineCanBeTypedAsItStands() throws Exception {
    checkOut();
    List<String> lines = commands();
    assertThat(lines).hasSizeGreaterThan(8).contains("./meterbox keys export keys");
    assertThat(Files.readString(README)).contains("`./meterbox up`");
    inTheBackground("./meterbox up" + ANY_PORTS);

    for (String line : lines) {
      if (line.contains("parse-correlate")) {
        inTheBackground(line.replace("--port 8090", "--port 0"));
      } else if (!HELD_ELSEWHERE.containsKey(line)) {
        run(line);
      }
    }

    // What was asked of the meter, and came back, can be read with the keys taken out.
    try (Stream<Path> documents = Files.list(checkout.resolve("documents"))) {
      assertThat(documents).isNotEmpty();
    }
    assertThat(run("./meterbox gbcs decode answers --keys keys")).contains("mac").contains("valid");
  }

  /** The lines in the README's code blocks, without what stands behind them as a comment. */
  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inBlock = false;
    for (String line : Files.readAllLines(README, StandardCharsets.UTF_8)) {
      if (line.startsWith("```")) {
        inBlock = !inBlock;
      } else if (inBlock && line.startsWith("./meterbox ")) {
        commands.add(line.replaceAll("\\s+#.*", "").strip());
      }
    }
    return commands;
  }

  private void checkOut() throws IOException {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(checkout, PosixFilePermissions.fromString("rwx--x--x"));
    Path examples = Files.createDirectories(checkout.resolve("docs/examples"));
    try (Stream<Path> files = Files.list(README.resolveSibling("docs/examples"))) {
      for (Path file : files.toList()) {
        Files.copy(file, examples.resolve(file.getFileName()));
      }
    }
    Path launcher = checkout.resolve("meterbox");
    Files.writeString(
        launcher,
        String.format(
            Locale.ROOT,
            """
            #!/bin/sh
            exec '%s' --enable-native-access=ALL-UNNAMED -Dmeterbox.home='%s' -cp '%s' \
            org.meterbox.app.Meterbox "$@"
            """,
            Path.of(System.getProperty("java.home"), "bin", "java"),
            checkout,
            System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  private String run(String line) throws IOException, InterruptedException {
    Process process = shell(line);
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).as(line).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", line, said).isZero();
    return said;
  }

  /** Returns once the service says that it is ready. */
  private void inTheBackground(String line) throws IOException {
    Process process = shell("exec " + line);
    running.add(process);
    StringBuilder said = new StringBuilder();
    // The reader stays open: a closed pipe would end the process.
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    for (String next = reader.readLine(); next != null; next = reader.readLine()) {
      said.append(next).append('\n');
      if (next.startsWith("Ctrl-C")) {
        return;
      }
    }
    throw new AssertionError(line + " ended:\n" + said);
  }

  private Process shell(String line) throws IOException {
    return new ProcessBuilder("sh", "-c", line)
        .directory(checkout.toFile())
        .redirectErrorStream(true)
        .start();
  }
}
