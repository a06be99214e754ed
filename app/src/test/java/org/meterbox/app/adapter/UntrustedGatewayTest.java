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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.adapter.events.Event;
import org.meterbox.adapter.events.EventFilter;
import org.meterbox.adapter.events.EventKind;
import org.meterbox.adapter.events.EventLog;
import org.meterbox.adapter.requests.DccUser;
import org.meterbox.adapter.requests.RequestService;
import org.meterbox.adapter.requests.RequestStore;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.CriticalCommand;
import org.meterbox.adapter.sending.GatewayConnection;
import org.meterbox.adapter.sending.RequestSender;
import org.meterbox.adapter.sending.WebService;
import org.meterbox.adapter.service.Adapter;
import org.meterbox.adapter.service.AdapterSettings;
import org.meterbox.app.system.CentralParties;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.Participant;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.app.system.UserDesk;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.store.Store;
import org.meterbox.store.StoreConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The adapter before a gateway that is not what it should be: between it and the real DSP stands
 * one that exchanges what goes through.
 */
final class UntrustedGatewayTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String METER = Home.FIRST.electricityMeter().dashed();
  private static final String BODY = "{\"device\":\"" + METER + "\"}";
  private static final String INVENTORY = "{\"parameters\":{\"DeviceID\":\"" + METER + "\"}}";
  private static final HttpAnswer BUSY =
      new HttpAnswer(503, Octets.of("busy".getBytes(StandardCharsets.UTF_8)));
  private static final EventFilter UNREADABLE =
      new EventFilter(
          0,
          Set.of("gone"),
          Set.of(EventKind.RESPONSE),
          Optional.empty(),
          Optional.empty(),
          Optional.of("UNREADABLE"),
          Optional.empty());

  /** What is answered instead of, or after, asking the DSP. */
  private interface Exchange {
    HttpAnswer answer(WebService service, Octets document) throws IOException, InterruptedException;
  }

  private record HttpAnswer(int status, Octets body) {}

  @TempDir static Path folder;
  private static MeterboxSystem system;
  private static UserDesk desk;
  private static HttpServer between;
  private static Store store;
  private static Adapter adapter;
  private static final AtomicReference<Exchange> EXCHANGE =
      new AtomicReference<>(UntrustedGatewayTest::honest);
  private static final List<Octets> POSTED = new CopyOnWriteArrayList<>();

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
    desk = system.desk(Participant.SUPPLIER_1);
    between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    between.createContext(
        "/",
        exchange -> {
          WebService service =
              Arrays.stream(WebService.values())
                  .filter(one -> one.path().equals(exchange.getRequestURI().getPath()))
                  .findFirst()
                  .orElseThrow();
          Octets document = Octets.of(exchange.getRequestBody().readAllBytes());
          POSTED.add(document);
          try {
            HttpAnswer answer = EXCHANGE.get().answer(service, document);
            exchange.sendResponseHeaders(answer.status(), answer.body().length());
            exchange.getResponseBody().write(answer.body().toArray());
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          } finally {
            exchange.close();
          }
        });
    between.start();
    store = Store.open(StoreConfiguration.embedded(folder.resolve("store"), _ -> {}));
    adapter =
        Adapter.start(
            new Adapter.Assembly(
                store,
                List.of(user()),
                folder.resolve("clients.json"),
                CentralParties.ACCESS_CONTROL_BROKER,
                AdapterSettings.STANDARD,
                "127.0.0.1",
                0,
                InstantSource.system(),
                new SecureRandom()));
  }

  private static DccUser user() {
    URI address = URI.create("http://127.0.0.1:" + between.getAddress().getPort());
    RequestSender sender =
        new RequestSender(
            new GatewayConnection(address, Optional.empty()),
            desk.identity(),
            desk.dspVerifier(),
            CentralParties.ACCESS_CONTROL_BROKER);
    return new DccUser(
        "supplier1",
        Participant.SUPPLIER_1.roles(),
        desk.identity(),
        sender,
        new CriticalCommand(
            sender, desk.parseAndCorrelate(), desk.identity().digitalSignature().key()),
        desk.parseAndCorrelate());
  }

  @AfterAll
  static void stop() {
    adapter.close();
    store.close();
    between.stop(0);
    desk.close();
    HTTP.close();
    system.close();
  }

  @BeforeEach
  void beHonestAgain() {
    EXCHANGE.set(UntrustedGatewayTest::honest);
    POSTED.clear();
  }

  private static HttpAnswer honest(WebService service, Octets document)
      throws IOException, InterruptedException {
    return switch (desk.sender().post(service, document)) {
      case Answer.Verified(var _, Octets asReceived) -> new HttpAnswer(200, asReceived);
      case Answer.Rejected(int status, var _, Octets asReceived) ->
          new HttpAnswer(status, asReceived);
    };
  }

  private static HttpResponse<String> service(String service, String body) throws Exception {
    return service(service, body, "wait=60");
  }

  private static HttpResponse<String> service(String service, String body, String prefer)
      throws Exception {
    String token = Files.readString(folder.resolve("operator.token")).strip();
    return HTTP.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + adapter.port() + "/v1/services/" + service))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Prefer", prefer)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static ServiceRequest read(Octets document) {
    return switch (new DuisReader().readRequest(document)) {
      case Reading.Valid<ServiceRequest>(ServiceRequest request) -> request;
      case Reading.Refused<ServiceRequest> refused -> throw new AssertionError(refused);
    };
  }

  // Enabling is asked for; a Pre-Command for disabling comes back, signed by the real DSP.
  @Test
  void anotherPreCommandThanWasAskedForIsNotSigned() throws Exception {
    EXCHANGE.set((service, document) -> {
      ServiceRequest asked = read(document);
      RequestDraft other =
          RequestDraft.single(
              asked.requestId(),
              asked.commandVariant(),
              new ServiceReferenceVariant("7.2"),
              XmlElement.of("DisableSupply"));
      return honest(service, desk.sender().sign(other.write()));
    });

    HttpResponse<String> answer = service("7.1", BODY);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.at("/code").stringValue()).isEqualTo("PRE-COMMAND-MISMATCH");
    assertThat(problem.at("/request/state").stringValue()).isEqualTo("not-signed");
    // The request for a Pre-Command only: no Signed Pre-Command followed.
    assertThat(POSTED).hasSize(1);
  }

  // It is signed by the real DSP, but answers what was asked before.
  @Test
  void anAnswerToAnotherRequestIsNotTaken() throws Exception {
    AtomicReference<HttpAnswer> before = new AtomicReference<>();
    EXCHANGE.set((service, document) -> {
      HttpAnswer answer = honest(service, document);
      before.set(answer);
      return answer;
    });
    assertThat(service("8.2", INVENTORY).statusCode()).isEqualTo(200);
    EXCHANGE.set((_, _) -> before.get());

    HttpResponse<String> answer = service("8.2", INVENTORY);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    assertThat(JSON.readTree(answer.body()).at("/code").stringValue()).isEqualTo("GATEWAY-ANSWER");
  }

  // The DSP knows a repeat by its octets, and does nothing twice.
  @Test
  void aRequestThatTheGatewayDidNotTakeIsPostedAgainOctetForOctet() throws Exception {
    EXCHANGE.set((service, document) -> POSTED.size() == 1 ? BUSY : honest(service, document));

    HttpResponse<String> answer = service("8.2", INVENTORY);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(POSTED).hasSize(2);
    assertThat(POSTED.getLast()).isEqualTo(POSTED.getFirst());
  }

  // A fault of our own must neither be repeated for ever nor end in silence.
  @Test
  void aMessageThatCannotBeReadIsToldInTheEnd() throws Exception {
    JsonNode sent = JSON.readTree(service("7.4", BODY, "respond-async").body());
    MessageId id = MessageId.parse(sent.at("/duisRequestId").stringValue());
    Octets pushed =
        system.mailbox(Participant.SUPPLIER_1).await(id, Duration.ofMinutes(1)).orElseThrow();
    Instant begin = Instant.now();
    AtomicReference<Instant> now = new AtomicReference<>(begin);
    EventLog events = new EventLog(store, now::get, Duration.ofDays(2), "whsec_AAAA");
    List<Event> told = List.of();
    try (RequestService withoutThatUser =
        new RequestService(
            new RequestStore(store),
            events,
            List.of(),
            Set.of(),
            CentralParties.ACCESS_CONTROL_BROKER,
            now::get)) {
      withoutThatUser.receive("gone", received(pushed));
      while (told.isEmpty() && now.get().isBefore(begin.plus(Duration.ofDays(60)))) {
        now.set(now.get().plus(RequestService.READ_PAUSE_MAX));
        long generation = events.generation();
        withoutThatUser.resume();
        events.await(generation, Duration.ofMillis(5));
        told = events.read(UNREADABLE, 10);
      }
    }
    assertThat(told).hasSize(1);
    assertThat(JSON.readTree(told.getFirst().body()).at("/document").stringValue())
        .isEqualTo(new String(pushed.toArray(), StandardCharsets.UTF_8));
  }

  private static ReceivedResponse received(Octets document) {
    return switch (new DuisReader().readResponse(document)) {
      case Reading.Valid<ReceivedResponse>(ReceivedResponse received) -> received;
      case Reading.Refused<ReceivedResponse> refused -> throw new AssertionError(refused);
    };
  }
}
