// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.CommandRun;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.dsp.gateway.Gateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Thresholds, quarantine and release by people at the command line, in the running system. */
final class AnomalyCommandTest {
  private static final String READ = "../docs/examples/read-import-registers.xml";
  private static final String OTHER_READ = "../docs/examples/read-supply-status.xml";

  @TempDir static Path folder;
  private static MeterboxSystem system;

  @BeforeAll
  static void start() throws Exception {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    system =
        MeterboxSystem.start(
            new SystemConfiguration(
                new DataDirectory(folder.resolve("data")),
                Optional.empty(),
                Ports.FREE,
                Map.of(),
                Optional.empty(),
                Gateway.CONNECTIONS,
                _ -> {}),
            InstantSource.system(),
            SystemObserver.NONE);
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder + "/data"));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "<AnomalyDetection xmlns='urn:meterbox:anomaly-detection'>"
            + content
            + "</AnomalyDetection>");
  }

  @Test
  void theExampleIsTaken() {
    CommandRun sent = run("anomaly", "send", "../docs/anomaly-thresholds.xml", "--as", "supplier2");
    assertThat(sent.exitCode()).as(sent.errors()).isZero();
    assertThat(sent.output()).hasLineCount(3).contains("threshold set for service 7.2");
    assertThat(run("anomaly", "show", "thresholds", "--as", "supplier2").output())
        .contains("4.1.1    50", "AdjustMeterBalance  -10000  10000");
    // Each sees its own, the DCC all.
    assertThat(run("anomaly", "show", "thresholds", "--as", "network1").output())
        .isEqualTo("nothing\n");
    assertThat(run("anomaly", "show", "thresholds", "--as", "dcc").output()).contains("4.1.1");
  }

  @Test
  void aQuarantinedReadIsReleasedByTwoPeopleAndAnswered() throws IOException {
    String threshold = file("none.xml", "<Threshold service='4.1.1' requests='0'/>").toString();
    assertThat(run("anomaly", "send", threshold).exitCode()).isZero();
    CommandRun read = run("send", READ, "--json", "--wait", "60");
    assertThat(read.output()).contains("N46");

    CommandRun shown = run("anomaly", "show", "--json");
    JsonNode quarantined = JsonMapper.shared().readTree(shown.output());
    assertThat(quarantined.size()).isEqualTo(1);
    String event = quarantined.path(0).path("event").asString();
    assertThat(run("anomaly", "show", "quarantine").output())
        .startsWith("event  alert  service")
        .contains("N46", "4.1.1");

    String release = file("release.xml", "<Release event='" + event + "'/>").toString();
    assertThat(run("anomaly", "send", release).output()).contains("noted");
    CommandRun second = run("anomaly", "send", release, "--second");
    assertThat(second.output()).as(second.errors()).contains("RELEASE by two people");
    assertThat(run("anomaly", "show", "quarantine").output()).isEqualTo("nothing\n");
    CommandRun third = run("anomaly", "send", release, "--as", "dcc");
    assertThat(third.exitCode()).isEqualTo(3);
    assertThat(third.errors()).contains("decided already", "nothing of it was done");
    // Another service was never stopped.
    assertThat(run("send", OTHER_READ, "--wait", "60").exitCode()).isZero();
  }

  @Test
  void aFaultyFileIsRefusedWithEveryReason() throws IOException {
    String faulty = file("faulty.xml", "<Threshold service='4.1.1'/><Release/>").toString();
    CommandRun sent = run("anomaly", "send", faulty);
    assertThat(sent.exitCode()).isEqualTo(3);
    assertThat(sent.errors())
        .contains("element 1 (Threshold): needs either requests")
        .contains("element 2 (Release): needs event");
    assertThat(run("anomaly", "send", faulty, "--as", "nobody").exitCode()).isEqualTo(2);
    assertThat(run("anomaly", "show", "nothing").exitCode()).isEqualTo(2);
  }
}
