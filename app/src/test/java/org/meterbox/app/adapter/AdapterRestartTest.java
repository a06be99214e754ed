// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.dsp.gateway.Gateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the adapter took before it ended goes on after it has started again. */
final class AdapterRestartTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DISABLE =
      "{\"user\":\"supplier1\",\"device\":\"" + Home.FIRST.electricityMeter().dashed() + "\"}";

  @TempDir Path folder;

  private MeterboxSystem started() throws Exception {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return MeterboxSystem.start(
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

  private JsonNode call(
      MeterboxSystem system, HttpClient http, String client, String path, Optional<String> body)
      throws Exception {
    String token = Files.readString(folder.resolve("data/adapter/" + client + ".token")).strip();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(system.adapter().resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", "disconnection-1");
    body.ifPresent(json ->
        request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
  }

  @Test
  void aRequestWaitsForApprovalAcrossARestartAndIsThenDone() throws Exception {
    JsonNode asked;
    JsonNode told;
    try (HttpClient http = HttpClient.newHttpClient();
        MeterboxSystem system = started()) {
      asked = call(system, http, "operator", "/v1/services/7.2", Optional.of(DISABLE));
      assertThat(asked.at("/state").stringValue()).isEqualTo("awaiting-approval");
      told = call(system, http, "operator", "/v1/events", Optional.empty());
    }
    try (HttpClient http = HttpClient.newHttpClient();
        MeterboxSystem system = started()) {
      JsonNode again = call(system, http, "operator", "/v1/services/7.2", Optional.of(DISABLE));
      assertThat(again.at("/requestId")).isEqualTo(asked.at("/requestId"));
      assertThat(again.at("/state").stringValue()).isEqualTo("awaiting-approval");
      String address = "/v1/requests/" + asked.at("/requestId").stringValue();
      call(system, http, "approver", address + "/approval", Optional.of("{\"approve\":true}"));

      JsonNode done = call(system, http, "operator", address + "?wait=120", Optional.empty());

      assertThat(done.at("/state").stringValue()).as(done.toString()).isEqualTo("answered");
      assertThat(done.at("/result/verification/signature").stringValue()).isEqualTo("valid");
      String behind = "/v1/events?after=" + told.at("/next").asLong();
      JsonNode events = call(system, http, "operator", behind, Optional.empty());
      assertThat(events.at("/events").toString()).contains("answered");
      assertThat(events.at("/events/0/position").asLong()).isGreaterThan(told.at("/next").asLong());
    }
  }
}
