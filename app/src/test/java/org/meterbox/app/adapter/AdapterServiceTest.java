// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.crypto.HmacSha256;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a supplier's developer sees of the adapter, against a real DSP and a real meter. */
final class AdapterServiceTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String METER = Home.FIRST.electricityMeter().dashed();

  @TempDir static Path folder;
  private static MeterboxSystem system;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

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
    HTTP.close();
    system.close();
  }

  private static String token(String client) throws IOException {
    return Files.readString(folder.resolve("data/adapter/" + client + ".token")).strip();
  }

  private static HttpRequest.Builder to(String path, String client) throws IOException {
    return HttpRequest.newBuilder(system.adapter().resolve(path))
        .header("Authorization", "Bearer " + token(client));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(to(path, "operator"));
  }

  private static HttpResponse<String> post(String path, String client, String body, String... more)
      throws Exception {
    HttpRequest.Builder request =
        to(path, client)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (more.length > 0) {
      request.headers(more);
    }
    return send(request);
  }

  private static HttpResponse<String> service(String service, String body, String... more)
      throws Exception {
    return post("/v1/services/" + service, "operator", body, more);
  }

  private static String body(String user, String parameters) {
    return "{\"user\":\""
        + user
        + "\",\"device\":\""
        + METER
        + "\",\"parameters\":"
        + parameters
        + "}";
  }

  @Test
  void aReadComesBackDecryptedWithItsUnit() throws Exception {
    HttpResponse<String> answer = service("4.1.1", body("supplier1", "{}"), "Prefer", "wait=120");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.at("/state").stringValue()).isEqualTo("answered");
    assertThat(json.at("/acknowledgement").stringValue()).isEqualTo("I99");
    assertThat(json.at("/result/verification/mac").stringValue()).isEqualTo("valid");
    assertThat(json.at("/result/verification/decryption").stringValue()).isEqualTo("valid");
    JsonNode register = json.at("/result/response/values/Electricity/ActiveImportRegister");
    assertThat(register.path("unit").asString("")).as(answer.body()).isEqualTo("Wh");
    assertThat(register.path("value").asLong(-1)).isPositive();
    // Text also where it consists of digits, as 7.1 does.
    assertThat(json.at("/result/header/ServiceReference").stringValue()).isEqualTo("4.1");
  }

  // By name, asynchronously, then by poll and as a stream of events.
  @Test
  void aRequestIsFollowedByPollAndByStream() throws Exception {
    HttpResponse<String> taken =
        service("ReadSupplyStatus", body("supplier1", "{}"), "Prefer", "respond-async");

    assertThat(taken.statusCode()).as(taken.body()).isIn(200, 202);
    String address = taken.headers().firstValue("Location").orElseThrow();
    JsonNode ended = JSON.readTree(get(address + "?wait=120").body());
    assertThat(ended.at("/state").stringValue()).isEqualTo("answered");
    HttpResponse<Stream<String>> stream =
        HTTP.send(
            to(address, "operator").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofLines());
    List<String> lines = stream.body().toList();
    assertThat(lines).contains("event: request");
    assertThat(lines).anyMatch(line -> line.startsWith("data: {") && line.contains("answered"));
  }

  // Supply-sensitive: one asks, another approves, then it is correlated, signed and done. What was
  // sent meanwhile has a higher counter: the meter would take the old one for a replay.
  @Test
  void disableSupplyNeedsASecondPerson() throws Exception {
    HttpResponse<String> asked = service("7.2", body("supplier1", "{}"));
    assertThat(asked.statusCode()).isEqualTo(202);
    JsonNode waiting = JSON.readTree(asked.body());
    assertThat(waiting.at("/state").stringValue()).isEqualTo("awaiting-approval");
    String address = "/v1/requests/" + waiting.at("/requestId").stringValue();

    HttpResponse<String> meanwhile = service("7.1", body("supplier1", "{}"), "Prefer", "wait=120");
    assertThat(meanwhile.statusCode()).as(meanwhile.body()).isEqualTo(200);

    assertThat(post(address + "/approval", "operator", "{\"approve\":true}").statusCode())
        .isEqualTo(403);
    assertThat(post(address + "/approval", "approver", "{\"approve\":true}").statusCode())
        .isEqualTo(200);
    JsonNode done = JSON.readTree(get(address + "?wait=120").body());
    assertThat(done.at("/state").stringValue()).as(done.toString()).isEqualTo("answered");
    assertThat(done.at("/approver").stringValue()).isEqualTo("approver");
    assertThat(counter(done)).isGreaterThan(counter(JSON.readTree(meanwhile.body())));
    assertThat(done.at("/result/verification/signature").stringValue()).isEqualTo("valid");
    JsonNode status =
        JSON.readTree(service("7.4", body("supplier1", "{}"), "Prefer", "wait=120").body());
    assertThat(status.toString()).containsIgnoringCase("disabled");
    assertThat(service("7.1", body("supplier1", "{}"), "Prefer", "wait=120").statusCode())
        .isEqualTo(200);
    assertThat(post(address + "/approval", "approver", "{\"approve\":true}").statusCode())
        .isEqualTo(409);
  }

  private static long counter(JsonNode request) {
    return MessageId.parse(request.at("/duisRequestId").stringValue()).counter().value();
  }

  @Test
  void aRejectedRequestIsNeverSent() throws Exception {
    JsonNode waiting = JSON.readTree(service("7.2", body("supplier1", "{}")).body());
    String address = "/v1/requests/" + waiting.at("/requestId").stringValue();
    assertThat(post(address + "/approval", "approver", "{\"approve\":false}").statusCode())
        .isEqualTo(200);
    JsonNode rejected = JSON.readTree(get(address).body());
    assertThat(rejected.at("/state").stringValue()).isEqualTo("rejected");
    assertThat(rejected.has("acknowledgement")).isFalse();
  }

  @Test
  void aLocalCommandIsGivenBack() throws Exception {
    String body = "{\"user\":\"supplier1\",\"device\":\"" + METER + "\",\"delivery\":\"local\"}";
    HttpResponse<String> answer = service("7.4", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).at("/result/localCommand").stringValue())
        .startsWith("DD");
  }

  @Test
  void theInventoryIsJson() throws Exception {
    String body = "{\"user\":\"supplier1\",\"parameters\":{\"DeviceID\":\"" + METER + "\"}}";
    HttpResponse<String> answer = service("8.2", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode devices = JSON.readTree(answer.body()).at("/result/DSPInventory/Device");
    assertThat(devices.isArray()).as(answer.body()).isTrue();
    assertThat(answer.body()).contains(METER);
  }

  // Nothing is sent twice, also where the client did not hear the answer.
  @Test
  void aRepeatWithTheSameKeyIsTheSameRequest() throws Exception {
    String body = body("supplier1", "{}");
    JsonNode first =
        JSON.readTree(
            service("7.4", body, "Idempotency-Key", "key-1", "Prefer", "wait=120").body());
    JsonNode again =
        JSON.readTree(
            service("7.4", body, "Idempotency-Key", "key-1", "Prefer", "wait=120").body());
    assertThat(again.at("/requestId")).isEqualTo(first.at("/requestId"));
    assertThat(service("4.1.1", body, "Idempotency-Key", "key-1").statusCode()).isEqualTo(409);
  }

  /** A mistake, the status that it gets and what the problem names. */
  private record Mistake(String service, String body, int status, String pointer, String named) {}

  @Test
  void typicalMistakesGetAProblemThatSaysWhatToDo() throws Exception {
    List<Mistake> mistakes =
        List.of(
            new Mistake("4.9.9", "{}", 404, "/detail", "4.9.9"),
            new Mistake("4.1.1", "{\"user\":\"supplier1\"}", 400, "/parameter", "device"),
            new Mistake(
                "4.1.1", "{\"user\":\"supplier1\",\"device\":\"12\"}", 400, "/parameter", "device"),
            new Mistake("4.1.1", "{not json", 400, "/parameter", "line 1"),
            new Mistake("4.1.1", "{\"devise\":\"x\"}", 400, "/parameter", "devise"),
            new Mistake(
                "3.1", body("supplier1", "{}"), 400, "/parameter", "parameters.SupplierMessage"),
            new Mistake(
                "4.1.1", body("supplier1", "{\"From\":1}"), 400, "/parameter", "parameters.From"),
            new Mistake("4.1.1", body("nobody", "{}"), 403, "/detail", "nobody"),
            new Mistake("4.1.1", body("supplier2", "{}"), 422, "/code", "E4"),
            new Mistake("7.2", body("other1", "{}"), 202, "/state", "awaiting"),
            new Mistake(
                "1.6",
                body("other1", "{\"SuspendDebtEmergency\":true}"),
                400,
                "/parameter",
                "parameters."),
            new Mistake("8.2", body("supplier1", "{}"), 400, "/parameter", "device"));
    for (Mistake mistake : mistakes) {
      HttpResponse<String> answer = service(mistake.service(), mistake.body(), "Prefer", "wait=60");
      assertThat(answer.statusCode())
          .as(mistake + ": " + answer.body())
          .isEqualTo(mistake.status());
      JsonNode json = JSON.readTree(answer.body());
      assertThat(json.at(mistake.pointer()).asString(""))
          .as(mistake.toString())
          .contains(mistake.named());
      if (mistake.status() >= 400) {
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValue("application/problem+json");
        assertThat(json.at("/nextStep").asString("")).isNotBlank();
      }
    }
  }

  @Test
  void hostileJsonIsRefusedWithinBounds() throws Exception {
    List<String> bodies =
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000),
            "{\"device\":\"" + METER + "\",\"device\":\"" + METER + "\"}",
            "{\"parameters\":{\"x\":" + "9".repeat(5_000) + "}}",
            body("supplier1", "{\"x\":1e999999999}"),
            "{} {}",
            "\u0000");
    for (String body : bodies) {
      HttpResponse<String> answer = service("4.1.1", body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }
    HttpResponse<String> long_ = service("4.1.1", " ".repeat(3 * 1024 * 1024) + "{}");
    assertThat(long_.statusCode()).isEqualTo(413);
  }

  @Test
  void nobodyWithoutATokenSeesAnything() throws Exception {
    HttpRequest nameless = HttpRequest.newBuilder(system.adapter().resolve("/v1/requests")).build();
    HttpResponse<String> answer = HTTP.send(nameless, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(post("/v1/services/7.4", "approver", body("supplier1", "{}")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void theOpenApiDocumentNamesEveryServiceAndRoute() throws Exception {
    JsonNode document = JSON.readTree(get("/openapi.json").body());
    assertThat(document.at("/openapi").stringValue()).isEqualTo("3.1.0");
    List<String> paths = new ArrayList<>();
    Iterator<String> names = document.at("/paths").propertyNames().iterator();
    names.forEachRemaining(paths::add);
    assertThat(paths.stream().filter(path -> path.matches("/v1/services/[0-9.]+"))).hasSize(129);
    assertThat(paths).contains("/v1/requests/{requestId}", "/v1/alerts", "/v1/webhooks");
    JsonNode post = document.at("/paths").get("/v1/services/3.1").get("post");
    assertThat(post.at("/requestBody/content/application~1json/example/parameters").isObject())
        .isTrue();
  }

  @Test
  void aWebhookGetsSignedEventsAgainUntilItTakesThem() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    BlockingQueue<String> signatures = new LinkedBlockingQueue<>();
    AtomicInteger attempts = new AtomicInteger();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          Octets body = Octets.of(exchange.getRequestBody().readAllBytes());
          signatures.add(
              exchange.getRequestHeaders().getFirst("webhook-id")
                  + "."
                  + exchange.getRequestHeaders().getFirst("webhook-timestamp")
                  + " "
                  + exchange.getRequestHeaders().getFirst("webhook-signature"));
          got.add(new String(body.toArray(), StandardCharsets.UTF_8));
          // Refused at first: it comes again.
          exchange.sendResponseHeaders(attempts.incrementAndGet() == 1 ? 500 : 204, -1);
          exchange.close();
        });
    receiver.start();
    URI hook = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    JsonNode webhook =
        JSON.readTree(
            post(
                    "/v1/webhooks",
                    "operator",
                    "{\"url\":\"" + hook + "\",\"kinds\":[\"request\"],\"users\":[\"network1\"]}")
                .body());
    JsonNode request =
        JSON.readTree(service("7.4", body("network1", "{}"), "Prefer", "wait=120").body());

    String first = got.poll(30, TimeUnit.SECONDS);
    String second = got.poll(30, TimeUnit.SECONDS);
    receiver.stop(0);
    assertThat(second).isEqualTo(first);
    assertThat(JSON.readTree(second).at("/requestId")).isEqualTo(request.at("/requestId"));
    String[] signed = signatures.take().split(" ", 2);
    byte[] key =
        Base64.getDecoder()
            .decode(webhook.at("/secret").stringValue().substring("whsec_".length()));
    Octets expected =
        HmacSha256.of(
            Octets.of(key), Octets.of((signed[0] + "." + first).getBytes(StandardCharsets.UTF_8)));
    assertThat(signed[1]).isEqualTo("v1," + Base64.getEncoder().encodeToString(expected.toArray()));
    assertThat(post("/v1/webhooks", "operator", "{\"url\":\"http://example.org/\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void eventsArePolledBehindAPosition() throws Exception {
    service("7.4", body("supplier1", "{}"), "Prefer", "wait=120");
    JsonNode first = JSON.readTree(get("/v1/events?limit=1").body());
    assertThat(first.at("/events").size()).isEqualTo(1);
    long next = first.at("/next").asLong();
    JsonNode rest = JSON.readTree(get("/v1/events?after=" + next).body());
    for (JsonNode event : rest.at("/events")) {
      assertThat(event.at("/position").asLong()).isGreaterThan(next);
    }
    assertThat(get("/v1/alerts?kind=device-alert&device=" + METER).statusCode()).isEqualTo(200);
  }
}
