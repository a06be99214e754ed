// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets Jazzer, in a process of its own, look for octets that break the decoder: it starts from
 * messages of every kind and keeps what reaches new code. A short run in every build; longer with
 * {@code -Dmeterbox.fuzz.seconds=3600}.
 */
class MessageDecoderFuzzTest {
  private static final int SECONDS = Integer.getInteger("meterbox.fuzz.seconds", 10);
  private static final int SECONDS_TO_START_AND_STOP = 120;
  private static final int SEEDS = 200;
  private static final int LINES_SHOWN = 40;

  @TempDir private Path folder;

  @Test
  void noOctetsBreakTheDecoder() throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    RandomMessages messages = new RandomMessages(new SplittableRandom(1));
    for (int i = 0; i < SEEDS; i++) {
      Files.write(corpus.resolve("seed" + i), messages.message().toArray());
    }
    Path log = folder.resolve("jazzer.log");
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + MessageDecoderFuzzer.class.getName(),
                "-max_total_time=" + SECONDS,
                "-max_len=4096",
                "-timeout=5",
                "-rss_limit_mb=3000",
                "-seed=1",
                corpus.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(SECONDS + SECONDS_TO_START_AND_STOP, TimeUnit.SECONDS))
          .as("Jazzer has ended")
          .isTrue();
      assertThat(jazzer.exitValue()).as(() -> findings(log)).isZero();
      assertThat(lastLines(log)).anyMatch(line -> line.startsWith("Done "));
    } finally {
      jazzer.destroyForcibly();
    }
  }

  /** The end of the log and the octets that did it, since the folder goes with the test. */
  private String findings(Path log) {
    StringBuilder findings = new StringBuilder(String.join("\n", lastLines(log)));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("crash-")).toList()) {
        findings.append("\noctets: ").append(HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      findings.append("\nand the octets cannot be read: ").append(e.getMessage());
    }
    return findings.toString();
  }

  private static List<String> lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    } catch (IOException e) {
      return List.of("the log cannot be read: " + e.getMessage());
    }
  }
}
