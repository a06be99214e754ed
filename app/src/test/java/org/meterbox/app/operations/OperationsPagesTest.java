// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.app.system.Home;
import org.meterbox.app.system.Participant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operations pages over HTTP, without a browser: what they show of a running system, to whom,
 * and what becomes of hostile input.
 */
final class OperationsPagesTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

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

  private static String page(String path) throws Exception {
    HttpResponse<String> answer = call(path);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    return answer.body();
  }

  private static String requestOf(String service) {
    String json = whole.run("requests", "--service", service, "--json").output();
    return JsonMapper.shared().readTree(json).get("requests").get(0).get("id").stringValue();
  }

  @Test
  void pagesShowWhatTheSystemHolds() throws Exception {
    String meter = Home.FIRST.electricityMeter().dashed();
    String hub = Home.FIRST.hub().dashed();
    String read = requestOf("4.1.1");

    Map<String, List<String>> shown =
        Map.of(
            "/",
            List.of("Commands in flight", ">Answered<", ">held-requests<"),
            "/requests",
            List.of(read, "Supplier One", "Disable Supply", ">In flight<"),
            "/requests/" + read,
            List.of("Command ECS17b", "Answered with I99", meter),
            "/devices",
            List.of(meter, hub, Home.FIRST.importMpan().toString()),
            "/devices/" + meter,
            List.of("Supplier One", "Network operator", read),
            "/homes/" + hub,
            List.of("kWh imported", "Time of use 1", meter),
            "/alerts",
            List.of("8F3D", "Trusted Source Authentication Failure", meter),
            "/alerts/" + alert(),
            List.of("Alert 8F3D", "handed to the user", meter),
            "/users",
            List.of(">" + Participant.SUPPLIER_1.id().dashed() + "<", "Supplier Two"));

    SoftAssertions all = new SoftAssertions();
    for (var each : shown.entrySet()) {
      all.assertThat(page(each.getKey())).as(each.getKey()).contains(each.getValue());
    }
    all.assertAll();
  }

  private static String alert() {
    JsonNode newest =
        JsonMapper.shared().readTree(whole.run("alerts", "--json").output()).at("/alerts/0");
    return newest.get("device").stringValue() + "/" + newest.get("digest").stringValue();
  }

  // What somebody types into the field in the head leads to the page about it.
  @Test
  void anIdentifierLeadsToItsPage() throws Exception {
    String meter = Home.FIRST.electricityMeter().dashed();
    String hub = Home.FIRST.hub().dashed();
    String read = requestOf("4.1.1");
    Map<String, String> pages =
        Map.of(
            meter,
            "/devices/" + meter,
            Home.FIRST.electricityMeter().hex(),
            "/devices/" + meter,
            hub,
            "/devices/" + hub,
            read,
            "/requests/" + read,
            Home.FIRST.importMpan().toString(),
            "/homes/" + hub,
            Participant.SUPPLIER_1.id().dashed(),
            "/requests?user=" + Participant.SUPPLIER_1.id().dashed());

    SoftAssertions all = new SoftAssertions();
    for (var each : pages.entrySet()) {
      HttpResponse<String> answer =
          call("/search?q=" + URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8));
      all.assertThat(answer.headers().firstValue("Location"))
          .as(each.getKey())
          .contains(each.getValue());
    }
    all.assertAll();
    assertThat(page("/search?q=nothing")).contains("Nothing is known by", "nothing");
  }

  // The pages ask nobody who they are; so they listen where health and metrics do, on this machine
  // alone unless the operator says otherwise, whatever address the users' listeners have.
  @Test
  void theyListenWhereOperatorsDo() throws Exception {
    URI pages = whole.pages();
    assertThat(pages.getHost()).isEqualTo(whole.system.addresses().operators().getHost());
    assertThat(pages.getHost()).isEqualTo("localhost");
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> new Socket(other, pages.getPort()).close());
  }

  // Nobody can change anything through them.
  @Test
  void nothingCanBePosted() throws Exception {
    for (String path : List.of("/", "/requests", "/api/v1/requests", "/users")) {
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(whole.pages().resolve(path))
                    .method(method, BodyPublishers.ofString("name=x"))
                    .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(method + " " + path).isIn(404, 405);
      }
    }
  }

  // A page of another site may neither read them nor frame them nor run scripts in them.
  @Test
  void otherSitesAreKeptOut() throws Exception {
    for (String path :
        List.of("/", "/requests", "/no-such-page", "/api/v1/requests", "/users.csv")) {
      HttpResponse<String> answer = call(path);
      var headers = answer.headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void whatAnAddressBringsIsEscaped() throws Exception {
    String hostile = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
    for (String path :
        List.of(
            "/search?q=" + hostile,
            "/requests?service=" + hostile,
            "/requests?device=" + hostile,
            "/requests?state=" + hostile,
            "/requests?page=" + hostile,
            "/devices?mpxn=" + hostile,
            "/devices?type=" + hostile,
            "/homes/" + Home.FIRST.hub().dashed() + "?day=" + hostile,
            "/alerts?device=" + hostile,
            "/" + hostile.replace("+", "%20"))) {
      HttpResponse<String> answer = call(path);
      assertThat(answer.statusCode()).as(path).isIn(200, 400, 404);
      assertThat(answer.body()).as(path).contains("<h1>").doesNotContain("<script>", "<img");
    }
  }

  // The name of a user comes from whoever registered it.
  @Test
  void whatTheStoreHoldsIsEscaped() throws Exception {
    String before = rename(HOSTILE);
    try {
      for (String path : List.of("/users", "/requests", "/requests/" + requestOf("4.1.1"))) {
        assertThat(page(path))
            .as(path)
            .contains("&lt;script&gt;alert(1)")
            .doesNotContain("<script>", "<img");
      }
      rename("=cmd|' /C calc'!A0");
      assertThat(call("/users.csv").body()).contains(",'=cmd").doesNotContain(",=cmd");
    } finally {
      rename(before);
    }
  }

  private static String rename(String name) {
    return whole
        .system
        .store()
        .statement(connection -> {
          try (PreparedStatement change =
              connection.prepareStatement(
                  "WITH old AS (SELECT eui, name FROM dsp.dcc_user WHERE eui = ?)"
                      + " UPDATE dsp.dcc_user u SET name = ? FROM old WHERE u.eui = old.eui"
                      + " RETURNING old.name")) {
            change.setLong(1, Participant.SUPPLIER_1.id().value());
            change.setString(2, name);
            try (var row = change.executeQuery()) {
              row.next();
              return row.getString(1);
            }
          }
        });
  }
}
