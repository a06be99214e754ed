// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parsecorrelate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.correlate.keys.KeyUse;
import org.meterbox.correlate.keys.PartyCertificate;
import org.meterbox.correlate.keys.PartyKeys;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The service as a client sees it, held against its own description. */
class ParseCorrelateServerTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Eui64 METER = Eui64.parse("00DB000000000001");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3000000000003");
  private static final SoftwareAgreementKey METER_KEY =
      SoftwareAgreementKey.of(P256.generate(RANDOM));
  private static final SoftwareAgreementKey SUPPLIER_KEY =
      SoftwareAgreementKey.of(P256.generate(RANDOM));
  private static final SharedSecret SECRET = METER_KEY.agree(SUPPLIER_KEY.publicKey());
  private static final String ENABLE =
      "DF09010000000000000001"
          + "0890B3000000000003"
          + "0800DB000000000001"
          + "00"
          + "02004F"
          + "15"
          + "D9200000010001030009"
          + "00000A006AFF"
          + "01"
          + "01120033";
  private static final String REQUEST =
      "<sr:Request xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\""
          + " schemaVersion=\"5.4\"><sr:Header>"
          + "<sr:RequestID>90-B3-00-00-00-00-00-03:00-DB-00-00-00-00-00-01:1</sr:RequestID>"
          + "<sr:CommandVariant>4</sr:CommandVariant>"
          + "<sr:ServiceReference>7.1</sr:ServiceReference>"
          + "<sr:ServiceReferenceVariant>7.1</sr:ServiceReferenceVariant>"
          + "</sr:Header><sr:Body><sr:EnableSupply/></sr:Body></sr:Request>";

  private final ParseCorrelateServer server =
      ParseCorrelateServer.open(
          new ParseAndCorrelate(new OneMeter()), "127.0.0.1", 0, ParseCorrelateServer.CONNECTIONS);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
    http.close();
  }

  /** The supplier's own key and the certificate of one meter. */
  private static final class OneMeter implements PartyKeys {
    private static final List<PartyCertificate> CERTIFICATES =
        List.of(
            new PartyCertificate(
                METER,
                KeyUse.KEY_AGREEMENT,
                METER_KEY.publicKey(),
                "CN=Z1,OU=07",
                java.math.BigInteger.TEN,
                Octets.EMPTY));

    @Override
    public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
      if (holder.equals(BROKEN)) {
        throw new java.io.UncheckedIOException("nobody there", new IOException("refused"));
      }
      return holder.equals(METER) && use == KeyUse.KEY_AGREEMENT ? CERTIFICATES : List.of();
    }

    @Override
    public Optional<AgreementKey> agreementKey(Eui64 party) {
      return party.equals(SUPPLIER) ? Optional.of(SUPPLIER_KEY) : Optional.empty();
    }
  }

  private static final Eui64 BROKEN = Eui64.parse("00DB00000000000F");

  @Test
  void parsesHexadecimalTextAndOctets() throws Exception {
    JsonNode ofText = json(200, post("/v1/parse", "text/plain", supplyStatus().hex() + "\n"));
    assertThat(ofText.get("mac").get("verdict").stringValue()).isEqualTo("valid");
    assertThat(ofText.get("mac").get("serialNumber").stringValue()).isEqualTo("10");
    assertThat(ofText.get("authentic").booleanValue()).isTrue();
    assertThat(ofText.get("service").stringValue()).isEqualTo("7.4");
    assertThat(ofText.get("outcome").stringValue()).isEqualTo("success");
    assertThat(ofText.get("document").stringValue()).contains("<ra:SupplyState>Enabled<");

    HttpRequest octets =
        to("/v1/parse")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(supplyStatus().toArray()))
            .build();
    assertThat(json(200, http.send(octets, BodyHandlers.ofString()))).isEqualTo(ofText);
    conforms(ofText, "Parsed");
  }

  // Places are for questions that have arrived; before, 32 of these answered 503 to everybody.
  @Test
  void unfinishedQuestionsKeepNobodyOut() throws Exception {
    List<Socket> unfinished = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * ParseCorrelateServer.REQUESTS_MAX; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        unfinished.add(socket);
        socket
            .getOutputStream()
            .write(
                ("POST /v1/parse HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: 100\r\n\r\nDF09")
                    .getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(http.send(to("/health").GET().build(), BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(
              json(200, post("/v1/parse", "text/plain", supplyStatus().hex()))
                  .get("outcome")
                  .stringValue())
          .isEqualTo("success");
    } finally {
      for (Socket socket : unfinished) {
        socket.close();
      }
    }
  }

  @Test
  void asksForTheServiceWhereTheMessageDoesNotTellIt() throws Exception {
    Octets clock =
        answer(
            0x62,
            METER,
            "DA20000001000005"
                + "000000"
                + "090C07E90610FF0B1E2D008000FF"
                + "1100"
                + "05"
                + "02000300030001000100");
    JsonNode unclear = json(200, post("/v1/parse", "text/plain", clock.hex()));
    assertThat(unclear.get("possibleServices")).hasSize(2);
    assertThat(unclear.get("remark")).isNotNull();
    conforms(unclear, "Parsed");
    JsonNode said = json(200, post("/v1/parse?service=8.1.1", "text/plain", clock.hex()));
    assertThat(said.get("document").stringValue()).contains("CommissionDeviceSynchroniseClockRsp");
  }

  @Test
  void refusesWhatItsMacRefutes() throws Exception {
    byte[] forged = supplyStatus().toArray();
    forged[forged.length - 1] ^= 1;
    JsonNode refuted = json(422, post("/v1/parse", "text/plain", Octets.of(forged).hex()));
    assertThat(refuted.get("mac").get("verdict").stringValue()).isEqualTo("invalid");
    assertThat(refuted.has("document")).isFalse();
    conforms(refuted, "Refuted");
  }

  @Test
  void saysMatchOrWhatDiffers() throws Exception {
    JsonNode match = json(200, post("/v1/correlate", "application/json", pair(REQUEST, ENABLE)));
    assertThat(match.get("match").booleanValue()).isTrue();
    assertThat(match.get("useCase").stringValue()).isEqualTo("004F");
    conforms(match, "Correlation");

    String disable = ENABLE.substring(0, ENABLE.length() - 2) + "34";
    JsonNode mismatch =
        json(200, post("/v1/correlate", "application/json", pair(REQUEST, disable)));
    assertThat(mismatch.get("match").booleanValue()).isFalse();
    assertThat(mismatch.get("differences").get(0).get("found").stringValue()).isEqualTo("120034");
    conforms(mismatch, "Correlation");
  }

  @Test
  void answersEveryFaultWithItsStatusAndOneSentence() throws Exception {
    List<HttpResponse<String>> faults = new ArrayList<>();
    faults.add(expect(400, post("/v1/parse", "text/plain", "no message")));
    faults.add(expect(400, post("/v1/parse", "text/plain", "DF")));
    faults.add(expect(400, post("/v1/parse?service=x", "text/plain", supplyStatus().hex())));
    faults.add(expect(415, post("/v1/parse", "application/json", "{}")));
    faults.add(expect(413, post("/v1/parse", "text/plain", "0".repeat(Parsing.BODY_MAX + 1))));
    faults.add(expect(400, post("/v1/correlate", "application/json", "{")));
    faults.add(expect(400, post("/v1/correlate", "application/json", "{\"request\":1}")));
    faults.add(expect(400, post("/v1/correlate", "application/json", pair("<a/>", ENABLE))));
    faults.add(expect(400, post("/v1/correlate", "application/json", pair(REQUEST, "xyz"))));
    faults.add(expect(422, post("/v1/correlate", "application/json", pair(REQUEST, "DF"))));
    faults.add(expect(415, post("/v1/correlate", "text/plain", "DF")));
    // A repository that does not answer is not the client's fault.
    Octets unknown = answer(0x52, BROKEN, "DA200000010000011601" + "010100");
    faults.add(expect(503, post("/v1/parse", "text/plain", unknown.hex())));
    for (HttpResponse<String> fault : faults) {
      conforms(JSON.readTree(fault.body()), "Error");
    }
  }

  @Test
  void hasTheRoutesOfItsDescriptionAndNoOthers() throws Exception {
    JsonNode description = description();
    Set<String> described = new TreeSet<>();
    description
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> routed =
        server.routes().stream()
            .map(route -> route.method().text() + " " + route.path())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(routed).isEqualTo(described);
    for (String path : List.of("/health", "/metrics")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/other").statusCode()).isEqualTo(404);
  }

  // A reference to nothing would make every generated client fail.
  @Test
  void describesNothingThatIsNotThere() throws Exception {
    JsonNode description = description();
    for (JsonNode reference : description.findValues("$ref")) {
      String pointer = reference.stringValue().substring(1);
      assertThat(description.at(pointer).isMissingNode()).as(pointer).isFalse();
    }
  }

  @Test
  void countsAndTimesWhatItAnswers() throws Exception {
    post("/v1/parse", "text/plain", supplyStatus().hex());
    post("/v1/parse", "text/plain", "no message");
    String metrics = get("/metrics").body();
    assertThat(metrics)
        .contains("parse_correlate_requests_seconds_count{operation=\"parse\",result=\"parsed\"} 1")
        .contains("result=\"malformed\"} 1")
        .contains("parse_correlate_requests_seconds_bucket{");
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"UP\"}");
  }

  private JsonNode description() throws Exception {
    return JSON.readTree(get("/openapi.json").body());
  }

  /** Holds an answer against the schema of this name: what is due is there, and nothing else. */
  private void conforms(JsonNode answer, String schema) throws Exception {
    conforms(answer, description().at("/components/schemas/" + schema), schema);
  }

  private void conforms(JsonNode value, JsonNode schema, String path) throws Exception {
    if (schema.has("$ref")) {
      conforms(value, description().at(schema.get("$ref").stringValue().substring(1)), path);
      return;
    }
    if (schema.has("enum")) {
      assertThat(schema.get("enum")).as(path).contains(value);
    } else if (value.isObject()) {
      schema
          .get("required")
          .forEach(
              name -> assertThat(value.has(name.stringValue())).as(path + " " + name).isTrue());
      for (String name : value.propertyNames()) {
        assertThat(schema.get("properties").has(name)).as(path + "/" + name).isTrue();
        conforms(value.get(name), schema.get("properties").get(name), path + "/" + name);
      }
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        conforms(element, schema.get("items"), path + "[]");
      }
    } else {
      assertThat(schema.get("type").stringValue())
          .as(path)
          .isEqualTo(value.isBoolean() ? "boolean" : value.isNumber() ? "integer" : "string");
    }
  }

  private static Octets supplyStatus() {
    return answer(0x52, METER, "DA200000010000011601" + "010100");
  }

  private static Octets answer(int code, Eui64 originator, String payload) {
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.RESPONSE,
            new MessageId(originator, SUPPLIER, new OriginatorCounter(1)),
            new OtherInformation.CodeOnly(new MessageCode(code)));
    return MessageProtection.macedResponse(header, Octets.ofHex(payload), SECRET).encode();
  }

  private static String pair(String request, String preCommand) {
    ObjectNode pair = JSON.createObjectNode();
    return pair.put("request", request).put("preCommand", preCommand).toString();
  }

  private static HttpResponse<String> expect(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response;
  }

  private static JsonNode json(int status, HttpResponse<String> response) {
    return JSON.readTree(expect(status, response).body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(to(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String mediaType, String body) throws Exception {
    HttpRequest request =
        to(path).header("Content-Type", mediaType).POST(BodyPublishers.ofString(body)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d%s", server.port(), path)));
  }
}
