// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.bench.measure.Stopwatch;
import picocli.CommandLine;

/** The benchmarks run and measure what they claim; how fast is for a quiet machine to say. */
class BenchTest {
  @Test
  void everyOperationOfTheGbcsRoomRunsAndIsPrintedBesideItsLimit() {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new Bench()).setOut(new PrintWriter(out));

    // Exit code 1 says that a limit was missed, which a busy machine may do.
    assertThat(line.execute("gbcs", "--seconds", "0")).isIn(0, 1);
    assertThat(out.toString())
        .contains("decode read command", "decode, MAC, warm", "decode, MAC, cold")
        .contains("decode, signature", "ECDSA verification alone", "octets allocated");
  }

  @Test
  void devicesAreEnrolledAndLookedUpAndPrintedBesideTheirLimits() {
    StringWriter out = new StringWriter();
    StringWriter progress = new StringWriter();
    CommandLine line =
        new CommandLine(new Bench()).setOut(new PrintWriter(out)).setErr(new PrintWriter(progress));

    assertThat(
            line.execute(
                "smki", "--devices=60", "--rounds=1", "--certificates=6000", "--look-ups=20"))
        .as(progress.toString())
        .isIn(0, 1);
    assertThat(out.toString())
        .contains("ECDSA alone", "certificates issued, durable", "enrolment of 100,000 devices")
        .contains("memory in use", "look-up by EUI-64", "look-up by serial number");
    assertThat(progress.toString()).contains("batch 1 of 1", "120 of 120 certificates");
  }

  @Test
  void everyOperationOfTheDuisRoomRunsAndIsPrintedBesideItsLimit() {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new Bench()).setOut(new PrintWriter(out));

    assertThat(line.execute("duis", "--seconds", "0")).isIn(0, 1);
    assertThat(out.toString())
        .contains("4.1.1, ", "largest tariff, ", "validate + verify + transform", "limit 2.0 times")
        .contains("a second on 1 core", "a second on 2 cores");
  }

  @Test
  void everyOperationOfTheCorrelateRoomRunsAndIsPrintedBesideItsLimit() {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new Bench()).setOut(new PrintWriter(out));

    assertThat(line.execute("correlate", "--seconds", "0")).isIn(0, 1);
    assertThat(out.toString())
        .contains("messages/s", "limit 34,000", "bare cryptography of the same messages")
        .contains("correlate a full tariff", "limit 1 ms")
        .contains("parse a 13-month profile", "limit 50 ms", "MB allocated");
  }

  @Test
  void pairsGoThroughTheWholeSystemAndAreComparedWithAnEarlierRun(@TempDir Path folder)
      throws IOException {
    StringWriter out = new StringWriter();
    StringWriter told = new StringWriter();
    CommandLine line =
        new CommandLine(new Bench()).setOut(new PrintWriter(out)).setErr(new PrintWriter(told));
    Path earlier = folder.resolve("earlier.json");
    Files.writeString(earlier, "{\"mix\":\"nation\",\"dspRatio\":0.01}\n");

    int code =
        line.execute(
            "system",
            "--seconds=1",
            "--outstanding=4",
            "--mix=NATION",
            "--json",
            "--compare",
            "" + earlier);

    assertThat(told.toString())
        .contains("steady", "ECDSA verify", "durable commit", "half load", "commits")
        .contains("WORSE")
        .contains(" 0 failed");
    assertThat(out.toString())
        .contains("\"mix\":\"nation\"", "\"pairsPerSecond\":", "\"p99Ms\":", "\"bareUs\":")
        .contains("\"failed\":0");
    assertThat(code).isEqualTo(1);
  }

  // The time would be that of messages that nothing vouches for.
  @Test
  void messagesAreOnlyMeasuredWithTheirKeys() {
    CommandLine line = new CommandLine(new Bench()).setErr(new PrintWriter(new StringWriter()));

    assertThat(line.execute("correlate", "--messages", "anywhere")).isEqualTo(2);
  }

  @Test
  void anOperationThatFailsEndsTheMeasurement() {
    Stopwatch stopwatch =
        new Stopwatch(0)
            .add(
                "fails",
                () -> {
                  throw new IOException("as it should");
                });
    assertThatThrownBy(stopwatch::measure).isInstanceOf(IOException.class);
  }
}
