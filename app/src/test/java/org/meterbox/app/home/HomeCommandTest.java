// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.homecontrol.HomeControlAccess;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.dsp.gateway.Gateway;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person plays with the home of a running system; its supplier and operator are told. */
class HomeCommandTest {
  private final JsonMapper json = new JsonMapper();
  @TempDir private Path folder = Path.of("");

  private record Run(int exitCode, String output, String errors) {}

  @Test
  void whatIsDoneAtTheMeterIsSeenOnItsDisplayAndTold() throws Exception {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    try (MeterboxSystem system = start()) {
      assertThat(run("load", "3kW").output()).isEqualToIgnoringNewLines("the home draws 3000 W");
      assertThat(run("generation", "0").exitCode()).isZero();
      JsonNode shown = json.readTree(run("show", "--json").output());
      assertThat(shown.path("power").path("activeImportWatts").asInt()).isEqualTo(3000);
      long before = shown.path("registers").path("activeImportWattHours").asLong();
      assertThat(run("clock", "+1h").exitCode()).isZero();
      shown = json.readTree(run("show", "--json").output());
      assertThat(shown.path("registers").path("activeImportWattHours").asLong() - before)
          .isBetween(3000L, 3010L);
      assertThat(run("list").output()).contains("METER", "enabled", "3000 W");
      assertThat(run("show").output()).contains("balance", "rate", "enabled", "credit mode");

      assertThat(run("cover", "open").exitCode()).isZero();
      assertThat(run("show").output()).contains("meter-cover-open");
      Run again = run("cover", "open");
      assertThat(again.exitCode()).isEqualTo(3);
      assertThat(again.output()).contains("refused: it is so already");
      awaitAlert(Participant.SUPPLIER_1, "8F74");

      run("outage", "on");
      assertThat(run("button", "emergency-credit").output()).contains("no supply");
      run("clock", "+5m");
      run("outage", "off");
      awaitAlert(Participant.NETWORK_OPERATOR, "8F36");
      strangersAreTurnedAway(system);
    }
  }

  @Test
  void whatIsTypedWrongIsToldWithTheRightWay() {
    assertThat(run("load", "3 tons").errors()).contains("write 3000, 3000W or 3kW");
    assertThat(run("clock", "tomorrow").errors()).contains("+7d");
    assertThat(run("show").errors()).contains("no system runs").contains("./meterbox up");
  }

  private void strangersAreTurnedAway(MeterboxSystem system) throws Exception {
    Path access = new DataDirectory(folder).homeControl();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(access)))
        .isEqualTo("rw-------");
    URI meters = HomeControlAccess.read(access).orElseThrow().address().resolve("/v1/meters");
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String header : List.of("Bearer 00", "Basic 00")) {
        HttpRequest request =
            HttpRequest.newBuilder(meters).header("Authorization", header).build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      }
      assertThat(
              http.send(HttpRequest.newBuilder(meters).build(), BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(401);
    }
    assertThat(system.homeClock().ahead()).isEqualTo(Duration.ofMinutes(65));
  }

  /** Waits until a user has received a device alert with this code. */
  private void awaitAlert(Participant user, String code) {
    Path received = new DataDirectory(folder).mailbox(user);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          try (Stream<Path> files = Files.walk(received)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".xml")).toList()) {
              if (Files.readString(file).contains("AlertCode>" + code + "<")) {
                return true;
              }
            }
          } catch (UncheckedIOException | NoSuchFileException renamedMeanwhile) {
            // It has its last name at the next look.
          }
          return false;
        });
  }

  private MeterboxSystem start() throws Exception {
    return MeterboxSystem.start(
        new SystemConfiguration(
            new DataDirectory(folder),
            Optional.empty(),
            Ports.FREE,
            Map.of(),
            Optional.empty(),
            Gateway.CONNECTIONS,
            _ -> {}),
        InstantSource.system(),
        SystemObserver.NONE);
  }

  private Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data");
    all.add(folder.toString());
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        new CommandLine(new HomeCommand())
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true))
            .setExecutionExceptionHandler((fault, command, _) -> {
              command.getErr().println(fault.getMessage());
              return 1;
            })
            .execute(all.toArray(String[]::new));
    return new Run(exitCode, output.toString(), errors.toString());
  }
}
