// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.dsp.testing.DspProcess;
import org.meterbox.dsp.testing.DspProcess.Task;
import org.meterbox.dsp.testing.UserServerForTests;
import org.meterbox.dsp.testing.World;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.kernel.Octets;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;

/**
 * A DSP that is killed as by kill -9, and another one on the same store. The supplier's server is
 * in this process and lives through it.
 */
final class CrashTest {
  private static final int PROCESS_SECONDS_MAX = 120;

  @TempDir Path folder;
  private final UserServerForTests supplierServer = UserServerForTests.plain();

  @BeforeEach
  void openTheWay() throws IOException {
    // As root the database server runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterEach
  void close() {
    supplierServer.close();
  }

  private Process start(Task task) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.internal.verbosity=ERROR",
            String.format(Locale.ROOT, "-D%s=%s", World.PKI_FOLDER_PROPERTY, folder),
            "-cp",
            System.getProperty("java.class.path"),
            DspProcess.class.getName(),
            task.name(),
            folder.resolve("store").toString(),
            supplierServer.address().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Runs a task, kills the process when it has said a number of lines, and gives all of them. */
  private Set<String> runAndKill(Task task, int lines) throws Exception {
    Process process = start(task);
    Set<String> said = new HashSet<>();
    try (BufferedReader output = process.inputReader()) {
      String line;
      while ((line = output.readLine()) != null) {
        said.add(line);
        if (said.size() == lines) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor(PROCESS_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(said).hasSizeGreaterThanOrEqualTo(lines);
    return said;
  }

  /** Starts the DSP again, which has to bring this many responses, and closes it in order. */
  private void recover(int responses, Map<String, Octets> received) throws Exception {
    Process process = start(Task.RECOVER);
    try (BufferedReader output = process.inputReader()) {
      while (received.size() < responses) {
        take(received);
      }
      process.outputWriter().close();
      String last = "";
      String line;
      while ((line = output.readLine()) != null) {
        last = line;
      }
      assertThat(last).isEqualTo("closed");
    }
    assertThat(process.waitFor(PROCESS_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    while (!supplierServer.isEmpty()) {
      take(received);
    }
  }

  /** What comes twice must be the very same document. */
  private void take(Map<String, Octets> received) {
    Octets document = supplierServer.next();
    if (!(new DuisReader().readResponse(document)
        instanceof Reading.Valid<ReceivedResponse>(ReceivedResponse response))) {
      throw new AssertionError("not a response: " + document);
    }
    String request = response.response().requestId().orElseThrow().toString();
    assertThat(received.merge(request, document, (before, again) -> before)).isEqualTo(document);
  }

  private Set<String> states(String table) {
    try (Store store =
        Store.open(StoreConfiguration.embedded(folder.resolve("store"), step -> {}))) {
      return store.statement(connection -> {
        try (var statement =
                connection.prepareStatement(
                    String.format(
                        Locale.ROOT,
                        "SELECT count(*) || ' ' || state FROM %s GROUP BY state",
                        table));
            var row = statement.executeQuery()) {
          Set<String> found = new HashSet<>();
          while (row.next()) {
            found.add(row.getString(1));
          }
          return found;
        }
      });
    }
  }

  private static Set<String> acknowledged(Set<String> said) {
    Set<String> requests = new HashSet<>();
    for (String line : said) {
      if (line.startsWith("acknowledged ")) {
        requests.add(line.substring("acknowledged ".length()));
      }
    }
    return requests;
  }

  // The acknowledgement is a promise: the command is sent again, the answer comes, once.
  @Test
  void killedBeforeTheDeviceAnswersTheSupplierGetsExactlyOneResponse() throws Exception {
    Set<String> requests = acknowledged(runAndKill(Task.ACKNOWLEDGE, 1));
    Map<String, Octets> received = new HashMap<>();
    recover(1, received);
    assertThat(received.keySet()).isEqualTo(requests);
    assertThat(supplierServer.attempts()).isEqualTo(1);
    assertThat(states("dsp.request")).containsExactly("1 ANSWERED");
    assertThat(states("dsp.delivery")).containsExactly("1 DELIVERED");
  }

  // The response is stored and the supplier does not take it; then the DSP is killed.
  @Test
  void killedBeforeTheSupplierTakesItTheSupplierGetsExactlyOneResponse() throws Exception {
    supplierServer.answerWith(503);
    Set<String> requests = acknowledged(runAndKill(Task.ACKNOWLEDGE_AND_ANSWER, 2));
    assertThat(supplierServer.isEmpty()).isTrue();
    supplierServer.answerWith(204);
    Map<String, Octets> received = new HashMap<>();
    recover(1, received);
    assertThat(received.keySet()).isEqualTo(requests);
    assertThat(states("dsp.delivery")).containsExactly("1 DELIVERED");
  }

  // Killed at any moment of much traffic: every acknowledged request is answered, none is lost, and
  // what the supplier gets twice because its thanks was lost is the same document.
  @Test
  void killedUnderLoadNoAcknowledgedRequestIsLost() throws Exception {
    Set<String> requests = acknowledged(runAndKill(Task.ACKNOWLEDGE_AND_ANSWER_MANY, 41));
    Map<String, Octets> received = new HashMap<>();
    recover(requests.size(), received);
    assertThat(received.keySet()).containsAll(requests);
    assertThat(states("dsp.request")).allMatch(state -> state.endsWith("ANSWERED"));
    assertThat(states("dsp.delivery")).allMatch(state -> state.endsWith("DELIVERED"));
  }
}
