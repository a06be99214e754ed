// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.CommandRun;
import org.meterbox.app.system.CentralParties;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.Participant;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.portal.page.PageStore;
import org.meterbox.store.StoreException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of the operations pages, and the commands that use it, on a whole running system. */
final class OperationsApiTest {
  @TempDir static Path folder;
  private static WholeSystem whole;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    whole = new WholeSystem(folder);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    whole.close();
  }

  private static HttpResponse<String> call(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(whole.pages().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = call(path);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static List<String> stored(String sql) {
    return whole
        .system
        .store()
        .statement(connection -> {
          try (Statement query = connection.createStatement();
              ResultSet row = query.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
              found.add(row.getString(1));
            }
            return found;
          }
        });
  }

  private static int devices() {
    return stored("SELECT eui::text FROM dsp.device").size();
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.get("requests").forEach(each -> ids.add(each.get("id").stringValue()));
    return ids;
  }

  @Test
  void everyStoredRequestIsListedTheNewestFirst() throws Exception {
    List<String> counters =
        stored("SELECT counter::text FROM dsp.request ORDER BY received DESC, stage");
    assertThat(counters).hasSizeGreaterThanOrEqualTo(3);

    JsonNode list = get("/api/v1/requests");

    assertThat(ids(list).stream().map(id -> id.substring(id.lastIndexOf(':') + 1)))
        .containsExactlyElementsOf(counters);
  }

  // The numbers of the overview are those of the store.
  @Test
  void theOverviewCountsWhatTheStoreHolds() throws Exception {
    JsonNode overview = get("/api/v1/overview");

    int answered =
        count(
            "dsp.request_event WHERE event = 'ANSWERED' AND at >= timestamptz '"
                + overview.get("at").stringValue()
                + "' - interval '15 minutes'");
    String messagesShown =
        "dsp.device_message WHERE received >= '"
            + overview.at("/traffic/0/begin").stringValue()
            + "'";
    int messages = count(messagesShown);
    int alerts = count(messagesShown + " AND disposition = 'ALERT'");
    assertThat(alerts).isPositive();
    assertThat(overview.get("recent"))
        .filteredOn(each -> each.get("state").stringValue().equals("ANSWERED"))
        .extracting(each -> each.get("count").intValue())
        .containsExactly(answered);
    int shownAlerts = 0;
    int shown = 0;
    for (JsonNode minute : overview.get("traffic")) {
      shownAlerts += minute.get("alerts").intValue();
      shown += minute.get("alerts").intValue() + minute.get("responses").intValue();
    }
    assertThat(shownAlerts).isEqualTo(alerts);
    assertThat(shown).isEqualTo(messages);
    assertThat(overview.get("parts"))
        .extracting(each -> each.get("name").stringValue())
        .contains("store", "timers", "wan");
  }

  private static int count(String table) {
    return Integer.parseInt(stored("SELECT count(*)::text FROM " + table).getFirst());
  }

  // Whatever a page asks for, it cannot change what the data systems hold.
  @Test
  void pagesCannotWrite() {
    PageStore pages = PageStore.open(whole.system.store());
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() ->
            pages.read(connection -> {
              try (Statement change = connection.createStatement()) {
                return change.executeUpdate("UPDATE dsp.dcc_user SET name = 'x'");
              }
            }))
        .withStackTraceContaining("read-only transaction");
  }

  // Page by page nobody is left out and nobody comes twice, in both orders.
  @Test
  void pagesDivideTheListWithoutGapsOrRepeats() throws Exception {
    for (String order : List.of("newest", "oldest")) {
      List<String> whole = ids(get("/api/v1/requests?order=" + order));
      List<String> byPages = new ArrayList<>();
      String path = "/api/v1/requests?size=1&order=" + order;
      String next = "";
      do {
        JsonNode page = get(path + (next.isEmpty() ? "" : "&page=" + next));
        byPages.addAll(ids(page));
        next = page.path("next").asString("");
      } while (!next.isEmpty());
      assertThat(byPages).as(order).containsExactlyElementsOf(whole);
    }
  }

  @Test
  void filtersSelect() throws Exception {
    String meter = Home.FIRST.electricityMeter().dashed();
    assertThat(ids(get("/api/v1/requests?state=answered"))).isNotEmpty();
    assertThat(ids(get("/api/v1/requests?state=refused"))).isEmpty();
    assertThat(ids(get("/api/v1/requests?device=" + meter))).hasSizeGreaterThanOrEqualTo(3);
    assertThat(ids(get("/api/v1/requests?user=" + Participant.SUPPLIER_2.id()))).isEmpty();
    assertThat(get("/api/v1/requests?service=7.2").get("requests"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.get("service").stringValue()).isEqualTo("7.2"));
    assertThat(ids(get("/api/v1/requests?to=2020-01-01"))).isEmpty();
  }

  // What the page shows of a request's way is what the store says.
  @Test
  void theWayOfARequestAgreesWithTheStore() throws Exception {
    String id = ids(get("/api/v1/requests?service=4.1.1")).getFirst();
    String counter = id.substring(id.lastIndexOf(':') + 1);

    JsonNode trace = get("/api/v1/requests/" + id);

    List<String> what = new ArrayList<>();
    trace.get("steps").forEach(step -> what.add(step.get("title").stringValue()));
    assertThat(what)
        .containsExactly(
            "Service Request 4.1.1",
            "Answered with I99",
            "In flight",
            "Command ECS17b",
            "Response",
            "Answered",
            "Service Response I0");
    String received =
        stored(
                "SELECT received FROM dsp.device_message WHERE disposition = 'RESPONSE'"
                    + " AND position(int8send("
                    + counter
                    + ") in octets) > 0")
            .getFirst();
    assertThat(trace.at("/steps/4/at").stringValue().replace('T', ' '))
        .startsWith(received.substring(0, 22));
    assertThat(trace.get("messages").size()).isEqualTo(2);
    assertThat(trace.at("/messages/0/fields").toString()).contains("read ImportRegisterCollection");
    // The reading is for the user alone.
    assertThat(trace.at("/messages/1/fields").toString()).contains("encrypted", "43 octets");
    assertThat(trace.at("/documents/2/text").stringValue()).contains(id);
  }

  @Test
  void aCriticalRequestShowsBothItsStages() throws Exception {
    String id = ids(get("/api/v1/requests?service=7.2")).getFirst();

    JsonNode trace = get("/api/v1/requests/" + id);

    assertThat(trace.get("stages").size()).isEqualTo(2);
    assertThat(trace.at("/messages/0/title").stringValue()).isEqualTo("GBCS Pre-Command");
    assertThat(trace.get("steps").toString()).contains("Transform 7.2", "Service Request 7.2");
  }

  // 12.2 announces a device; its page says so, with the request that did it.
  @Test
  void anAnnouncedDeviceShowsHowItsStatusChanged() throws Exception {
    String announced = "00-DB-12-34-56-78-9A-04";
    Path request = folder.resolve("announcement.xml");
    Files.writeString(
        request,
        Files.readString(Path.of("../docs/examples/read-supply-status.xml"))
            .replace(">7.4<", ">12.2<")
            .replace(
                Home.FIRST.electricityMeter().dashed(),
                CentralParties.ACCESS_CONTROL_BROKER.dashed())
            .replace("<sr:CommandVariant>1<", "<sr:CommandVariant>8<")
            .replace(
                "<sr:ReadSupplyStatus/>",
                "<sr:DevicePrenotification><sr:DeviceID>"
                    + announced
                    + "</sr:DeviceID><sr:DeviceManufacturer>106C</sr:DeviceManufacturer>"
                    + "<sr:DeviceModel>433100AC</sr:DeviceModel><sr:DeviceType>ESME</sr:DeviceType>"
                    + "<sr:ESMEVariant>A</sr:ESMEVariant>"
                    + "</sr:DevicePrenotification>"));
    CommandRun run = whole.run("send", request.toString(), "--as", "supplier1", "--wait", "120");
    assertThat(run.exitCode()).as(run.errors() + run.output()).isZero();
    JsonNode device = get("/api/v1/devices/" + announced);
    assertThat(device.get("history").size()).as(device.toString()).isEqualTo(1);
    assertThat(device.at("/history/0/trigger").stringValue()).isEqualTo("PRE_NOTIFIED");
    assertThat(device.at("/history/0/request").stringValue())
        .isEqualTo(ids(get("/api/v1/requests?service=12.2")).getFirst());
  }

  @Test
  void aHomeShowsWhatItsMeterHolds() throws Exception {
    JsonNode home = get("/api/v1/homes/" + Home.FIRST.hub());

    var meter =
        whole.system.premises().electricityMeter(Home.FIRST.electricityMeter()).orElseThrow();
    Registers registers = Registers.of(meter.state().function());
    assertThat(home.at("/meters/0/importWattHours").longValue())
        .isPositive()
        .isLessThanOrEqualTo(registers.importWattHours());
    JsonNode day = get("/api/v1/homes/" + Home.FIRST.hub() + "?day=" + yesterday(home));
    assertThat(day.at("/meters/0/halfHours").size()).isEqualTo(48);
    // The supply was disabled by the critical command.
    assertThat(home.at("/meters/0/supply/position").stringValue()).isNotEqualTo("Enabled");
  }

  private static String yesterday(JsonNode home) {
    return LocalDate.parse(home.get("day").stringValue()).minusDays(1).toString();
  }

  @Test
  void answersHaveTheFormThatTheDocumentSays() throws Exception {
    JsonNode document = get("/api/v1/openapi.json");
    String request = ids(get("/api/v1/requests")).getFirst();
    String meter = Home.FIRST.electricityMeter().dashed();
    List<String[]> calls =
        List.of(
            new String[] {"/api/v1/overview", "/api/v1/overview"},
            new String[] {"/api/v1/requests", "/api/v1/requests"},
            new String[] {"/api/v1/requests/{id}", "/api/v1/requests/" + request},
            new String[] {"/api/v1/devices", "/api/v1/devices"},
            new String[] {"/api/v1/devices/{id}", "/api/v1/devices/" + meter},
            new String[] {"/api/v1/homes/{hub}", "/api/v1/homes/" + Home.FIRST.hub()},
            new String[] {"/api/v1/alerts", "/api/v1/alerts"},
            new String[] {"/api/v1/alerts/{id}/{digest}", "/api/v1/alerts/" + alert()},
            new String[] {"/api/v1/users", "/api/v1/users"});
    for (String[] call : calls) {
      JsonNode schema =
          document
              .get("paths")
              .get(call[0])
              .at("/get/responses/200/content/application~1json/schema");
      assertFits(get(call[1]), schema, document, call[0]);
    }
  }

  private static String alert() throws Exception {
    JsonNode newest = get("/api/v1/alerts").get("alerts").get(0);
    assertThat(newest.get("code").stringValue()).isEqualTo("8F3D");
    return newest.get("device").stringValue() + "/" + newest.get("digest").stringValue();
  }

  private static void assertFits(JsonNode value, JsonNode given, JsonNode document, String place) {
    JsonNode schema = given;
    if (schema.has("anyOf")) {
      if (value.isNull()) {
        return;
      }
      schema = schema.get("anyOf").get(0);
    }
    if (schema.has("$ref")) {
      schema = document.at(schema.get("$ref").stringValue().substring(1));
    }
    JsonNode type = schema.get("type");
    Set<String> types = new TreeSet<>();
    if (type.isArray()) {
      type.forEach(each -> types.add(each.stringValue()));
    } else {
      types.add(type.stringValue());
    }
    String actual =
        switch (value.getNodeType()) {
          case NUMBER -> "integer";
          default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    assertThat(types).as(place).contains(actual);
    if (actual.equals("object") && schema.has("properties")) {
      Set<String> documented = new TreeSet<>();
      schema.get("properties").propertyNames().forEach(documented::add);
      Set<String> present = new TreeSet<>();
      value.propertyNames().forEach(present::add);
      assertThat(present).as(place).isEqualTo(documented);
      for (String name : present) {
        assertFits(
            value.get(name), schema.get("properties").get(name), document, place + "." + name);
      }
    } else if (actual.equals("array")) {
      for (JsonNode each : value) {
        assertFits(each, schema.get("items"), document, place + "[]");
      }
    }
  }

  @Test
  void eventsComeAsTheyHappen() throws Exception {
    HttpResponse<InputStream> stream =
        http.send(
            HttpRequest.newBuilder(whole.pages().resolve("/api/v1/events")).build(),
            BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith(":");
      whole.send(Path.of("../docs/examples/read-supply-status.xml"));
      List<String> states = new ArrayList<>();
      for (String line = lines.readLine();
          line != null && !states.contains("ANSWERED");
          line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          states.add(JsonMapper.shared().readTree(line.substring(6)).get("state").stringValue());
        }
      }
      assertThat(states).containsExactly("IN_FLIGHT", "ANSWERED");
    }
  }

  // A page whose name was pointed at this machine would otherwise read everything.
  @Test
  void anotherNameIsRefused() throws Exception {
    URI pages = whole.pages();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), pages.getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(
          "GET /api/v1/users HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("Supplier One");
    }
  }

  @Test
  void whatCannotBeReadIsToldWithWhatIsWanted() throws Exception {
    for (String path :
        List.of(
            "/api/v1/requests?user=x",
            "/api/v1/requests?state=lost",
            "/api/v1/requests?page=1",
            "/api/v1/requests?service=99.99",
            "/api/v1/requests?from=then",
            "/api/v1/requests?size=501",
            "/api/v1/requests/1",
            "/api/v1/devices?mpxn=abc",
            "/api/v1/devices/1",
            "/api/v1/homes/1",
            "/api/v1/alerts?page=_",
            "/api/v1/alerts?page=99999999999999999999_0",
            "/api/v1/alerts/00-DB-12-34-56-78-90-A0/zz")) {
      HttpResponse<String> answer = call(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(JsonMapper.shared().readTree(answer.body()).get("demand").stringValue())
          .as(path)
          .isNotBlank();
    }
    assertThat(call("/api/v1/devices/FFFFFFFFFFFFFFFF").statusCode()).isEqualTo(404);
    assertThat(call("/api/v1/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void filesHaveALineForEachEntry() throws Exception {
    HttpResponse<String> file = call("/requests.csv");
    assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
        .contains("requests.csv");
    assertThat(file.body().lines().skip(1)).hasSize(ids(get("/api/v1/requests?size=500")).size());
    assertThat(call("/devices.csv").body().lines().skip(1)).hasSize(devices());
  }

  @Test
  void commandsListWhatTheApiSays() throws Exception {
    CommandRun requests = whole.run("requests", "--user", "supplier1", "--state", "answered");
    assertThat(requests.exitCode()).as(requests.errors()).isZero();
    assertThat(requests.output()).startsWith("RECEIVED").contains("4.1.1", "Supplier One");

    String id = ids(get("/api/v1/requests?service=4.1.1")).getFirst();
    assertThat(whole.run("requests", id).output())
        .contains("Command ECS17b", "data systems  device");

    CommandRun devices = whole.run("devices", "--json");
    assertThat(JsonMapper.shared().readTree(devices.output()).get("devices").size())
        .isEqualTo(devices());
    assertThat(whole.run("devices", "--type", "ESME").output())
        .contains(Home.FIRST.electricityMeter().dashed());
    assertThat(whole.run("users").output()).contains("Network Operator");
    assertThat(whole.run("alerts").exitCode()).isZero();

    CommandRun wrong = whole.run("requests", "--state", "lost");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.errors()).contains("state").contains("ANSWERED");

    CommandRun malformed = whole.run("requests", "no request ?#%");
    assertThat(malformed.exitCode()).isEqualTo(1);
    assertThat(malformed.errors()).contains("originator, target and counter");
  }
}
