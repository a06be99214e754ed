// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.dsp.DataSystems;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.testing.World;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ListenException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.smki.revocation.RevocationOutcome;

/** What posts over real mutual TLS are answered, and that refusals leave the SM WAN alone. */
final class GatewayTest {
  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private static ResponseData data(Response response) {
    return ((ResponseMessage) response.body()).data();
  }

  private ResponseCode codeOf(HttpResponse<byte[]> response) {
    return world.answer(response).code();
  }

  @Test
  void aReadIsAcknowledgedStoredAndSent() {
    RequestDraft read = world.readRegisters(World.SUPPLIER);
    Response answer = world.send(World.SUPPLIER, WebService.SEND_COMMAND, read);
    assertThat(answer.code()).isEqualTo(ResponseCode.I99);
    assertThat(answer.requestId()).contains(read.requestId());
    assertThat(data(answer)).isEqualTo(new ResponseData.Nothing());
    assertThat(world.query("SELECT state FROM dsp.request")).containsExactly("IN_FLIGHT");
    assertThat(World.METER.take(world.wan.last().message()).header().messageId())
        .isEqualTo(read.requestId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "this is no XML",
        "<a>",
        "<Request/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"
      })
  void whatIsNoRequestGetsHttp400AndALineOfText(String body) {
    HttpResponse<byte[]> response =
        world.post(
            World.SUPPLIER.tls(),
            WebService.SEND_COMMAND,
            Octets.of(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).hasLineCount(1);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
  }

  // The client asks before it sends: a body that is too long never leaves it.
  @Test
  void aBodyBeyondTheBoundIsRefused() throws Exception {
    URI uri =
        URI.create(
            String.format(
                Locale.ROOT,
                "https://localhost:%d%s",
                world.dsp().gateway().securePort(),
                WebService.SEND_COMMAND.path()));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .expectContinue(true)
            .header("Content-Type", "application/xml")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[ServiceEndpoint.BODY_MAX + 1]))
            .build();
    try (HttpClient client = HttpClient.newBuilder().sslContext(World.SUPPLIER.tls()).build()) {
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(413);
    }
  }

  // 1 MiB for one device; and the answer comes although the client sends everything first.
  @ParameterizedTest
  @EnumSource(
      value = WebService.class,
      names = {"SEND_COMMAND", "TRANSFORM"})
  void whatIsForOneDeviceHasOneMebibyte(WebService service) {
    Octets blanks = Octets.of(" ".repeat(1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8));
    HttpResponse<byte[]> response = world.post(World.SUPPLIER.tls(), service, blanks);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("the body exceeds 1048576 octets");
  }

  @Test
  void aLongDocumentIsTakenForFirmwareOnly() {
    RequestDraft read =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.BROKER),
            CommandVariant.NON_DEVICE,
            "8.2",
            XmlElement.of("ReadInventory", XmlElement.leaf("DeviceID", World.ESME.dashed())));
    String signed = new String(World.SUPPLIER.sign(read).toArray(), StandardCharsets.UTF_8);
    String padded = signed.replace("</sr:Header>", "</sr:Header>" + " ".repeat(2 * 1024 * 1024));
    HttpResponse<byte[]> response =
        world.post(
            World.SUPPLIER.tls(),
            WebService.NON_DEVICE,
            Octets.of(padded.getBytes(StandardCharsets.UTF_8)));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("a request of service 8.2 has at most 1048576 octets");
  }

  // No public response code says so: the sender learns it from HTTP, and nothing is stored.
  @Test
  void aUserCannotFillADeviceWithReads() {
    for (int i = 0; i < World.DEVICE_MAX; i++) {
      assertThat(
              world
                  .send(
                      World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER))
                  .code())
          .isEqualTo(ResponseCode.I99);
    }
    Octets oneMore = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    HttpResponse<byte[]> refused =
        world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, oneMore);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("10");
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .startsWith("20 requests to 00-DB-12-34-56-78-90-A0 wait for its answers");
    assertThat(world.query("SELECT count(*) FROM dsp.request"))
        .containsExactly(Integer.toString(World.DEVICE_MAX));

    world.uplink(World.meterAnswers(world.wan.last().message(), World.SUPPLIER));
    assertThat(codeOf(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, oneMore)))
        .as("room again after an answer")
        .isEqualTo(ResponseCode.I99);
    world.restart();
    assertThat(
            world
                .post(
                    World.SUPPLIER.tls(),
                    WebService.SEND_COMMAND,
                    World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER)))
                .statusCode())
        .as("counted anew after a restart")
        .isEqualTo(429);
  }

  // Also over a connection that was open before.
  @Test
  void aRevokedTlsCertificateIsRefusedWithinAMinute() throws Exception {
    Eui64 owner = Eui64.parse("90B3D51F30090000");
    URI uri =
        URI.create("https://localhost:" + world.dsp().gateway().securePort() + "/api/v1/serviceS");
    try (HttpClient client = HttpClient.newBuilder().sslContext(World.clientTls(owner)).build()) {
      HttpRequest request = World.request(uri, Octets.EMPTY, "application/xml");
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(400);
      assertThat(world.revokeClientTls(owner)).isInstanceOf(RevocationOutcome.Revoked.class);
      world.clock.advance(Duration.ofMinutes(1));
      HttpResponse<String> refused = client.send(request, BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("the TLS certificate has been revoked");
    }
    assertThat(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, Octets.EMPTY).statusCode())
        .as("others are served")
        .isEqualTo(400);
  }

  // A test that the policy is the gateway's; its lines have their own.
  @Test
  void theGatewaySpeaksNoSuiteWithoutAuthenticatedEncryption() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            World.SUPPLIER
                .tls()
                .getSocketFactory()
                .createSocket("localhost", world.dsp().gateway().securePort())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherMediaTypeIsRefused() throws Exception {
    URI uri =
        URI.create(
            String.format(
                Locale.ROOT,
                "https://localhost:%d%s",
                world.dsp().gateway().securePort(),
                WebService.SEND_COMMAND.path()));
    try (HttpClient client = HttpClient.newBuilder().sslContext(World.SUPPLIER.tls()).build()) {
      HttpRequest request = World.request(uri, Octets.EMPTY, "application/json");
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(415);
    }
  }

  @Test
  void withoutACertificateNobodyGetsIn() {
    URI uri =
        URI.create("https://localhost:" + world.dsp().gateway().securePort() + "/api/v1/serviceS");
    try (HttpClient client = HttpClient.newBuilder().sslContext(World.STRANGER_TLS).build()) {
      HttpRequest request = World.request(uri, Octets.EMPTY, "application/xml");
      assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
  }

  // The signature is right, but the connection belongs to another user.
  @Test
  void aRequestBroughtBySomebodyElseIsRefused() {
    Octets request = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    assertThat(codeOf(world.post(World.OTHER_SUPPLIER.tls(), WebService.SEND_COMMAND, request)))
        .isEqualTo(ResponseCode.E1);
    assertThat(world.wan.sent()).isEmpty();
    assertThat(world.query("SELECT state FROM dsp.request")).isEmpty();
  }

  // A shared service provider posts for a user that has said so.
  @Test
  void aConnectionThatTheUserEntitlesMayBringItsRequests() {
    world
        .dsp()
        .users()
        .put(
            new DccUser(
                World.SUPPLIER.id(),
                "a user",
                UserStatus.ACTIVE,
                Set.of(UserRole.IS),
                Set.of(World.OTHER_SUPPLIER.id()),
                Optional.empty(),
                "5.4"));
    Octets request = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    assertThat(codeOf(world.post(World.OTHER_SUPPLIER.tls(), WebService.SEND_COMMAND, request)))
        .isEqualTo(ResponseCode.I99);
  }

  // One changed digit after signing.
  @Test
  void aChangedDocumentIsRefused() {
    RequestDraft read = world.readRegisters(World.SUPPLIER);
    String signed = text(World.SUPPLIER.sign(read));
    String counter = ":" + read.requestId().counter() + "<";
    assertThat(signed).containsOnlyOnce(counter);
    Octets changed = octets(signed.replace(counter, ":9" + counter.substring(1)));
    assertThat(codeOf(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, changed)))
        .isEqualTo(ResponseCode.E1);
    assertThat(world.wan.sent()).isEmpty();
  }

  // Signed by a certificate that the repository holds, but not the originator's.
  @Test
  void aRequestSignedByAnotherPartyIsRefused() {
    Octets forged = World.OTHER_SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    assertThat(codeOf(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, forged)))
        .isEqualTo(ResponseCode.E1);
  }

  @Test
  void theSameOctetsGetTheSameAnswerAndAreSentOnce() {
    Octets request = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    byte[] first = world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, request).body();
    byte[] again = world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, request).body();
    assertThat(again).isEqualTo(first);
    assertThat(world.wan.sent()).hasSize(1);
    assertThat(world.query("SELECT event FROM dsp.request_event")).containsExactly("IN_FLIGHT");
  }

  // ECDSA signatures differ each time: the same request signed anew is another document.
  @Test
  void aRequestIdIsNotTakenForAnotherDocument() {
    RequestDraft read = world.readRegisters(World.SUPPLIER);
    world.send(World.SUPPLIER, WebService.SEND_COMMAND, read);
    Response answer = world.send(World.SUPPLIER, WebService.SEND_COMMAND, read);
    assertThat(answer.code().code()).isEqualTo("E100");
    assertThat(world.wan.sent()).hasSize(1);
  }

  @Test
  void aRefusalIsStoredAuditedAndRepeated() {
    Octets request = World.OTHER_SUPPLIER.sign(world.readRegisters(World.OTHER_SUPPLIER));
    HttpResponse<byte[]> first =
        world.post(World.OTHER_SUPPLIER.tls(), WebService.SEND_COMMAND, request);
    assertThat(codeOf(first)).isEqualTo(ResponseCode.E4);
    assertThat(world.post(World.OTHER_SUPPLIER.tls(), WebService.SEND_COMMAND, request).body())
        .isEqualTo(first.body());
    assertThat(world.query("SELECT event || ' ' || code FROM dsp.request_event"))
        .containsExactly("REFUSED E4");
  }

  @Test
  void theAuditTrailCannotBeChanged() {
    world.send(World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER));
    assertThatThrownBy(() -> world.query("UPDATE dsp.request_event SET code = NULL RETURNING 'x'"))
        .hasMessageContaining("append only");
    assertThatThrownBy(() -> world.query("DELETE FROM dsp.request_event RETURNING 'x'"))
        .hasMessageContaining("append only");
  }

  @Test
  void anUnknownDeviceGetsE19() {
    MessageId id = world.newRequestId(World.SUPPLIER, Eui64.parse("00DB1234567890FF"));
    RequestDraft read =
        World.draft(
            id,
            CommandVariant.NON_CRITICAL_WAN,
            "4.1.1",
            XmlElement.of("ReadInstantaneousImportRegisters"));
    assertThat(world.send(World.SUPPLIER, WebService.SEND_COMMAND, read).code())
        .isEqualTo(ResponseCode.E19);
  }

  @Test
  void aHubIsNoMeter() {
    RequestDraft read =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.HUB),
            CommandVariant.NON_CRITICAL_WAN,
            "4.1.1",
            XmlElement.of("ReadInstantaneousImportRegisters"));
    assertThat(world.send(World.SUPPLIER, WebService.SEND_COMMAND, read).code())
        .isEqualTo(ResponseCode.E11);
  }

  @Test
  void aMeterThatIsNotInServiceGetsE5() {
    world.putMeter(SmiStatus.INSTALLED_NOT_COMMISSIONED);
    assertThat(
            world
                .send(World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER))
                .code())
        .isEqualTo(ResponseCode.E5);
  }

  @Test
  void aReadPostedToTheTransformServiceGetsE13() {
    assertThat(
            world
                .send(World.SUPPLIER, WebService.TRANSFORM, world.readRegisters(World.SUPPLIER))
                .code())
        .isEqualTo(ResponseCode.E13);
  }

  // The wrong address is the sender's slip, not a property of the request.
  @Test
  void aRequestPostedToTheWrongServiceIsTakenByTheRightOne() {
    Octets read = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    assertThat(codeOf(world.post(World.SUPPLIER.tls(), WebService.TRANSFORM, read)))
        .isEqualTo(ResponseCode.E13);
    assertThat(codeOf(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, read)))
        .isEqualTo(ResponseCode.I99);
    assertThat(world.query("SELECT event || ' ' || coalesce(code, '-') FROM dsp.request_event"))
        .containsExactly("REFUSED E13", "IN_FLIGHT -");
  }

  @Test
  void aDistributorMayNotDisableASupply() {
    RequestDraft disable =
        World.draft(
            world.newRequestId(World.NETWORK_OPERATOR, World.ESME),
            CommandVariant.TRANSFORM,
            "7.2",
            XmlElement.of("DisableSupply"));
    assertThat(world.send(World.NETWORK_OPERATOR, WebService.TRANSFORM, disable).code())
        .isEqualTo(ResponseCode.E2);
  }

  @Test
  void theInventoryIsRead() {
    RequestDraft inventory =
        World.draft(
            world.newRequestId(World.SUPPLIER, World.BROKER),
            CommandVariant.NON_DEVICE,
            "8.2",
            XmlElement.of("ReadInventory", XmlElement.leaf("DeviceID", World.ESME.dashed())));
    Response answer = world.send(World.SUPPLIER, WebService.NON_DEVICE, inventory);
    assertThat(answer.code()).isEqualTo(ResponseCode.I0);
    XmlElement found = ((ResponseData.DspResult) data(answer)).element();
    assertThat(found.children("Device"))
        .extracting(device -> device.find("DeviceID").orElseThrow().token())
        .containsExactlyInAnyOrder(World.ESME.dashed(), World.HUB.dashed());
  }

  @Test
  void theEmulatorsPlainHttpServesTheSame() throws Exception {
    URI uri =
        URI.create(
            String.format(
                Locale.ROOT,
                "http://localhost:%d%s",
                world.dsp().gateway().plainPort().orElseThrow(),
                WebService.SEND_COMMAND.path()));
    Octets request = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> response =
          client.send(World.request(uri, request, "application/xml"), BodyHandlers.ofByteArray());
      assertThat(codeOf(response)).isEqualTo(ResponseCode.I99);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/xml");
    }
  }

  @Test
  void operatorsSeeHealthAndMetrics() throws Exception {
    world.send(World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER));
    String base = "http://localhost:" + world.dsp().gateway().managementPort();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, base + "/health"))
          .startsWith("{\"status\":\"UP\",\"parts\":{\"store\":{\"status\":\"UP\"}")
          .contains("\"timers\":{\"status\":\"UP\",\"faults\":0}");
      assertThat(get(client, base + "/metrics"))
          .contains("dsp_gateway_requests_seconds_count")
          .contains("dsp_requests_in_flight 1.0");
    }
  }

  // With a full disk PostgreSQL still reads; the DSP cannot do its work and must say so.
  @Test
  void healthIsDownWhereTheStoreReadsButDoesNotStore() throws Exception {
    world.execute(
        """
        CREATE FUNCTION dsp.disk_full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$
        """);
    world.execute(
        "CREATE TRIGGER disk_full BEFORE UPDATE ON dsp.health_probe"
            + " FOR EACH STATEMENT EXECUTE FUNCTION dsp.disk_full()");
    URI uri =
        URI.create(
            String.format(
                Locale.ROOT, "http://localhost:%d/health", world.dsp().gateway().managementPort()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body())
          .startsWith("{\"status\":\"DOWN\"")
          .contains("the database does not store (SQLSTATE 53100)");
    }
  }

  // On a full disk the probe's small write may succeed while requests are refused.
  @Test
  void healthIsDownWhereARequestWasRefusedForWantOfSpace() throws Exception {
    world.execute(
        """
        CREATE FUNCTION dsp.disk_full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$
        """);
    world.execute(
        "CREATE TRIGGER disk_full BEFORE INSERT ON dsp.request"
            + " FOR EACH STATEMENT EXECUTE FUNCTION dsp.disk_full()");
    Octets request = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    assertThat(world.post(World.SUPPLIER.tls(), WebService.SEND_COMMAND, request).statusCode())
        .isEqualTo(503);
    URI uri =
        URI.create(
            String.format(
                Locale.ROOT, "http://localhost:%d/health", world.dsp().gateway().managementPort()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("SQLSTATE 53100");
    }
  }

  private static String get(HttpClient client, String uri) throws Exception {
    return client
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
        .body();
  }

  private static String text(Octets document) {
    return new String(document.toArray(), StandardCharsets.UTF_8);
  }

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  // Helidon logs such a failure, says nothing and reports -1 as its port.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aListenerThatCannotListenStopsTheDsp(int which) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int[] ports = new int[3];
      ports[which] = taken.getLocalPort();
      try (DataSystems other =
          world.assemble(
              Listener.local(ports[0]), Listener.local(ports[1]), Listener.local(ports[2]))) {
        assertThatExceptionOfType(ListenException.class)
            .isThrownBy(() -> other.open(world.wan))
            .satisfies(
                refused -> assertThat(refused.address().getPort()).isEqualTo(taken.getLocalPort()));
      }
    }
  }

  // The DUIS Response has no place for a sentence, and a person who tries things out needs one.
  @Test
  void operatorsLearnTheRuleBehindARefusal() throws Exception {
    RequestDraft read = world.readRegisters(World.OTHER_SUPPLIER);
    assertThat(world.send(World.OTHER_SUPPLIER, WebService.SEND_COMMAND, read).code())
        .isEqualTo(ResponseCode.E4);
    Octets borrowed = World.SUPPLIER.sign(world.readRegisters(World.SUPPLIER));
    world.post(World.OTHER_SUPPLIER.tls(), WebService.SEND_COMMAND, borrowed);
    String refusals =
        "http://localhost:" + world.dsp().gateway().managementPort() + "/refusals?id=";

    try (HttpClient client = HttpClient.newHttpClient()) {
      String rule = world.query("SELECT rule FROM dsp.request_event").getFirst();
      assertThat(rule).isNotBlank();
      assertThat(get(client, refusals + read.requestId())).isEqualTo("E4 " + rule + "\n");
      // What is not authentic is not stored; the reason is told all the same.
      assertThat(get(client, refusals + idOf(borrowed))).startsWith("E1 brought by ");
      HttpRequest unknown =
          HttpRequest.newBuilder(
                  URI.create(
                      refusals + world.newRequestId(World.SUPPLIER, read.requestId().target())))
              .build();
      assertThat(client.send(unknown, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
    }
  }

  private static String idOf(Octets request) {
    String text = new String(request.toArray(), StandardCharsets.UTF_8);
    return text.replaceAll("(?s).*RequestID>([^<]+)<.*", "$1");
  }
}
