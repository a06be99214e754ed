// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.portal.web.PemText;
import org.meterbox.portal.web.Visit;
import org.meterbox.smki.Installation;
import org.meterbox.smki.OrganisationRequests;
import org.meterbox.smki.RegisteredSupplier;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.AuditEntry;
import org.meterbox.smki.dccki.TlsContexts;
import org.meterbox.smki.issuing.DeviceRequests;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.registration.RegistrationStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real HTTPS with certificates of people, against the service on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmkiServiceTest {
  private static final String OFFICER = RunningService.OFFICER;
  private static final String STAFF = RunningService.STAFF;
  private static final String AUDITOR = RunningService.AUDITOR;
  private static final String API = "/api/v1";

  private RunningService running;
  private Path folder;
  private long nextDevice = Installation.DEVICE.value();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    this.folder = folder;
    running = new RunningService(folder);
  }

  @AfterAll
  void stop() {
    running.close();
  }

  private Eui64 freshDevice() {
    return new Eui64(nextDevice++);
  }

  private Octets deviceRequest() throws IOException {
    return DeviceRequests.csr(
        freshDevice(), KeyUse.DIGITAL_SIGNATURE, running.house.smki.newPair());
  }

  private Octets supplierRequest(Eui64 supplier) throws IOException {
    return OrganisationRequests.csr(
        supplier, RemotePartyRole.SUPPLIER, KeyUse.DIGITAL_SIGNATURE, running.house.smki.newPair());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private HttpResponse<String> requestCertificate(String who, Octets csr) throws Exception {
    return running.post(
        who,
        API + "/certificate-requests",
        "application/pkcs10",
        BodyPublishers.ofByteArray(csr.toArray()));
  }

  private static void assertProblem(HttpResponse<String> response, int status, String rule) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(response).get("rule").asString()).isEqualTo(rule);
    assertThat(json(response).get("title").asString()).isNotBlank();
  }

  private List<AuditEntry> audit(AuditAction action) {
    return running.house.audit.read(1, 1000).stream()
        .filter(entry -> entry.action() == action)
        .toList();
  }

  @Test
  void knowsWhoCalls() throws Exception {
    JsonNode officer = json(running.get(OFFICER, API + "/me"));
    assertThat(officer.get("name").asString()).isEqualTo(RegisteredSupplier.OFFICER_NAME);
    assertThat(officer.get("organisation").asString())
        .isEqualTo(RegisteredSupplier.SUPPLIER.dashed());
    assertThat(json(running.get(AUDITOR, API + "/me")).get("duty").asString()).isEqualTo("Auditor");
  }

  @Test
  void tellsACallerWithoutCertificateWhatIsMissing() throws Exception {
    assertProblem(running.get(Optional.empty(), API + "/me"), 401, "PERSON");
    HttpResponse<String> page = running.get(Optional.empty(), "/");
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.body()).contains("How to sign in");
  }

  // A relying party must get lists without being anybody.
  @Test
  void givesRevocationListsToEverybody() throws Exception {
    JsonNode lists = json(running.get(Optional.empty(), API + "/revocation-lists"));
    assertThat(lists.get("revocationLists").size()).isEqualTo(8);
    HttpResponse<String> list =
        running.get(Optional.empty(), API + "/revocation-lists/issuing-oca");
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.headers().firstValue("Content-Type")).contains("application/pkix-crl");
    assertProblem(
        running.get(Optional.empty(), API + "/revocation-lists/issuing-dca"), 404, "KNOWN");
  }

  @Test
  void issuesOnARequestAndFindsTheCertificateAgain() throws Exception {
    Octets csr = deviceRequest();
    HttpResponse<String> created = requestCertificate(OFFICER, csr);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String where = created.headers().firstValue("Location").orElseThrow();
    JsonNode found = json(running.get(OFFICER, where)).get("certificates").get(0);
    assertThat(found.get("serial")).isEqualTo(json(created).get("serial"));
    assertThat(found.get("status").asString()).isEqualTo("IN_USE");
    assertThat(found.get("chain").size()).isEqualTo(2);
    assertThat(running.get(OFFICER, where + "/pem").body())
        .startsWith("-----BEGIN CERTIFICATE-----");
    String eui = found.get("eui64").asString();
    assertThat(json(running.get(AUDITOR, API + "/certificates?eui=" + eui)).get("certificates"))
        .hasSize(1);
    assertThat(audit(AuditAction.CERTIFICATE_ISSUED))
        .anyMatch(entry ->
            entry.actor().startsWith(RegisteredSupplier.OFFICER_NAME)
                && entry.detail().contains(eui));
    // One key, one certificate.
    assertProblem(requestCertificate(OFFICER, csr), 422, "FRESH_KEY");
  }

  @Test
  void takesRequestsInPemAndBase64Too() throws Exception {
    for (String text :
        List.of(
            PemText.of("CERTIFICATE REQUEST", deviceRequest()),
            PemText.of("NEW CERTIFICATE REQUEST", deviceRequest()),
            Base64.getEncoder().encodeToString(deviceRequest().toArray()))) {
      HttpResponse<String> created =
          running.post(
              OFFICER,
              API + "/certificate-requests",
              "application/x-pem-file",
              BodyPublishers.ofString(text));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "staff, POST, /certificate-requests",
    "auditor, POST, /certificate-requests",
    "staff, POST, /batches",
    "auditor, POST, /batches",
    "officer, GET, /audit",
    "staff, GET, /audit",
    "officer, GET, /audit/verification",
    "staff, GET, /audit/verification",
  })
  void refusesWhatADutyDoesNotCover(String who, String verb, String path) throws Exception {
    int before = audit(AuditAction.ACCESS_REFUSED).size();
    HttpResponse<String> refused =
        verb.equals("GET")
            ? running.get(who, API + path)
            : running.post(
                who,
                API + path,
                "application/pkcs10",
                BodyPublishers.ofByteArray(deviceRequest().toArray()));
    assertProblem(refused, 403, "DUTY");
    assertThat(audit(AuditAction.ACCESS_REFUSED)).hasSize(before + 1);
  }

  @Test
  void namesTheRuleThatARequestBreaks() throws Exception {
    Octets csr = deviceRequest();
    assertProblem(requestCertificate(OFFICER, csr.slice(0, csr.length() - 1)), 422, "WELL_FORMED");
    byte[] forged = csr.toArray();
    forged[forged.length - 1] ^= 1;
    assertProblem(requestCertificate(OFFICER, Octets.of(forged)), 422, "PROOF_OF_POSSESSION");
    Octets foreign =
        DeviceRequests.csr(
            Eui64.parse("11DB123456789001"),
            KeyUse.DIGITAL_SIGNATURE,
            running.house.smki.newPair());
    assertProblem(requestCertificate(OFFICER, foreign), 422, "SUBJECT_ENTITLEMENT");
    assertProblem(
        running.post(
            OFFICER, API + "/certificate-requests", "text/plain", BodyPublishers.ofString("hello")),
        400,
        "DER");
    assertThat(audit(AuditAction.CERTIFICATE_REFUSED)).isNotEmpty();
  }

  @Test
  void takesNoMoreThanARequestNeeds() throws Exception {
    assertProblem(
        running.post(
            OFFICER,
            API + "/certificate-requests",
            "application/pkcs10",
            BodyPublishers.ofByteArray(new byte[Visit.BODY_MAX + 1])),
        413,
        "SIZE");
  }

  @Test
  void certifiesABatchAndHandsOutItsResults() throws Exception {
    Path file = folder.resolve("line.txt");
    DeviceRequests.writeFile(
        file, new Eui64(0x00DB_1234_5678_A000L), 600, running.house.smki.random);
    Files.writeString(file, Files.readString(file) + "AAAA\n");
    HttpResponse<String> taken =
        running.post(OFFICER, API + "/batches", "text/plain", BodyPublishers.ofFile(file));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    String where = taken.headers().firstValue("Location").orElseThrow();
    // The same file leads to the same batch.
    assertThat(
            running
                .post(OFFICER, API + "/batches", "text/plain", BodyPublishers.ofFile(file))
                .headers()
                .firstValue("Location"))
        .contains(where);
    JsonNode progress = json(running.get(OFFICER, where));
    while (!progress.has("finishedAt")) {
      progress = json(running.get(OFFICER, where));
    }
    assertThat(progress.get("requests").asInt()).isEqualTo(1201);
    assertThat(progress.get("issued").asInt()).isEqualTo(1200);
    List<String> results = running.get(OFFICER, where + "/results").body().lines().toList();
    assertThat(results).hasSize(1201);
    assertThat(results.getFirst()).startsWith("1\tISSUED\t00-DB-12-34-56-78-A0-00\tDS\t");
    assertThat(results.getLast()).startsWith("1201\tREFUSED\tWELL_FORMED\t");
    assertThat(running.folder.resolve("inbox")).isEmptyDirectory();
    String html = running.get(OFFICER, where.replace(API, "")).body();
    assertThat(html).contains("1 refused").contains("WELL_FORMED").doesNotContain("http-equiv");
  }

  @Test
  void refusesABatchOfNothing() throws Exception {
    assertProblem(
        running.post(OFFICER, API + "/batches", "text/plain", BodyPublishers.ofString("# none\n")),
        422,
        "BATCH_SIZE");
  }

  @Test
  void revokesAnOrganisationsCertificateOnceAndADevicesNever() throws Exception {
    JsonNode issued =
        json(requestCertificate(OFFICER, supplierRequest(RegisteredSupplier.SUPPLIER)));
    String path = API + "/certificates/" + issued.get("serial").asString() + "/revocation";
    String reason = "{\"reason\": \"SUPERSEDED\"}";
    assertProblem(running.postJson(STAFF, path, reason), 403, "DUTY");
    assertProblem(running.postJson(OFFICER, path, "{\"reason\": \"BORED\"}"), 400, "PARAMETER");
    assertProblem(running.postJson(OFFICER, path, "{\"reason\":"), 400, "JSON");
    assertThat(json(running.postJson(OFFICER, path, reason)).get("status").asString())
        .isEqualTo("REVOKED");
    assertProblem(running.postJson(OFFICER, path, reason), 422, "NOT_REVOKED_BEFORE");

    JsonNode device = json(requestCertificate(OFFICER, deviceRequest()));
    assertProblem(
        running.postJson(
            OFFICER,
            API + "/certificates/" + device.get("serial").asString() + "/revocation",
            reason),
        422,
        "REVOCABLE");
  }

  @Test
  void showsAuditorsTheLogAndThatItIsIntact() throws Exception {
    JsonNode verdict = json(running.get(AUDITOR, API + "/audit/verification"));
    assertThat(verdict.get("intact").asBoolean()).isTrue();
    JsonNode entries = json(running.get(AUDITOR, API + "/audit?from=2&count=3")).get("entries");
    assertThat(entries).hasSize(3);
    assertThat(entries.get(0).get("number").asLong()).isEqualTo(2);
    assertProblem(running.get(AUDITOR, API + "/audit?count=1001"), 400, "PARAMETER");
  }

  @Test
  void takesAnOrganisationThroughItsRegistration() throws Exception {
    Eui64 eui = Eui64.parse("90-B3-D5-1F-30-99-00-00");
    String where = API + "/organisations/" + eui;
    String application =
        String.format(
            Locale.ROOT,
            "{\"eui64\": \"%s\", \"name\": \"Small Supplier\", \"roles\": [\"SUPPLIER\"], \"organisations\": [\"%s\"]}",
            eui,
            eui);
    assertProblem(running.postJson(OFFICER, API + "/organisations", application), 403, "DUTY");
    assertThat(running.postJson(STAFF, API + "/organisations", application).statusCode())
        .isEqualTo(201);
    assertProblem(
        running.postJson(STAFF, API + "/organisations", application), 422, "NEW_APPLICANT");
    step(where, "{\"step\": \"verify-organisation\", \"evidence\": \"register\"}");
    assertProblem(
        running.postJson(STAFF, where + "/steps", "{\"step\": \"authorise\"}"), 422, "ORDER");
    step(
        where,
        "{\"step\": \"nominate-senior\", \"name\": \"Sue\", \"position\": \"DIRECTOR\", \"nominator\": \"Dee\"}");
    step(where, "{\"step\": \"verify-officer\", \"officer\": 1, \"evidence\": \"passport\"}");
    step(where, "{\"step\": \"nominate-authorised\", \"name\": \"Al\", \"senior\": 1}");
    step(where, "{\"step\": \"verify-officer\", \"officer\": 2, \"evidence\": \"passport\"}");
    assertThat(key(where + "/officers/2/user-certificate").statusCode()).isEqualTo(422);
    assertThat(key(where + "/officers/2/credential").statusCode()).isEqualTo(201);
    assertThat(key(where + "/officers/2/user-certificate").statusCode()).isEqualTo(201);
    step(where, "{\"step\": \"authorise\"}");
    assertThat(json(running.get(STAFF, where)).get("standing").asString())
        .isEqualTo("AUTHORISED_SUBSCRIBER");
    // Another organisation's affairs are not the officer's.
    assertProblem(running.get(OFFICER, where), 404, "KNOWN");
    assertThat(json(running.get(OFFICER, API + "/organisations")).get("organisations")).hasSize(1);

    String ngs = API + "/non-gateway-suppliers/" + eui + "/certificate-requests";
    byte[] csr = supplierRequest(eui).toArray();
    HttpResponse<String> created =
        running.post(
            STAFF,
            ngs + "?reference=mail%202026-03-01",
            "application/pkcs10",
            BodyPublishers.ofByteArray(csr));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(json(running.get(STAFF, where)).get("standing").asString()).isEqualTo("SUBSCRIBER");
  }

  // Who has devices has a gateway connection; its officers ask themselves.
  @Test
  void entersRequestsForNonGatewaySuppliersOnly() throws Exception {
    assertProblem(
        running.post(
            STAFF,
            API
                + String.format(
                    Locale.ROOT,
                    "/non-gateway-suppliers/%s/certificate-requests?reference=x",
                    RegisteredSupplier.SUPPLIER),
            "application/pkcs10",
            BodyPublishers.ofByteArray(supplierRequest(RegisteredSupplier.SUPPLIER).toArray())),
        422,
        "NON_GATEWAY_SUPPLIER");
  }

  private void step(String where, String json) throws Exception {
    HttpResponse<String> response = running.postJson(STAFF, where + "/steps", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private HttpResponse<String> key(String path) throws Exception {
    Octets key = Octets.of(running.house.smki.newPair().getPublic().getEncoded());
    return running.post(
        STAFF,
        path,
        "application/x-pem-file",
        BodyPublishers.ofString(PemText.of("PUBLIC KEY", key)));
  }

  @Test
  void anOfficerWhoWasRemovedIsNobodyAtOnce(@TempDir Path elsewhere) throws Exception {
    try (RunningService other = new RunningService(elsewhere)) {
      assertThat(other.get(OFFICER, API + "/me").statusCode()).isEqualTo(200);
      other.house.step(
          RegisteredSupplier.SUPPLIER,
          new RegistrationStep.RemoveOfficer(RegisteredSupplier.OFFICER, "left"));
      assertProblem(other.get(OFFICER, API + "/me"), 401, "PERSON");
      // A person of one installation is nobody in another: TLS ends it.
      assertThatThrownBy(() -> foreign(other)).isInstanceOf(IOException.class);
    }
  }

  private void foreign(RunningService other) throws Exception {
    try (var client =
        HttpClient.newBuilder()
            .sslContext(
                TlsContexts.context(
                    other.key(AUDITOR),
                    List.of(running.house.smki.authorities.dcckiRoot().certificate())))
            .build()) {
      var _ = client.send(running.request(API + "/me").build(), BodyHandlers.ofString());
    }
  }

  @Test
  void refusesFormsOfOtherSites() throws Exception {
    for (String origin : List.of("https://evil.example", "null")) {
      HttpResponse<String> refused =
          running.send(
              Optional.of(OFFICER),
              running
                  .request("/requests")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Origin", origin)
                  .POST(BodyPublishers.ofString("csr=x")));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("SAME_ORIGIN");
    }
    assertThat(
            running
                .post(
                    OFFICER,
                    "/requests",
                    "application/x-www-form-urlencoded",
                    BodyPublishers.ofString("csr=x"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void everyAnswerKeepsTheBrowserFromHarm() throws Exception {
    for (String path : List.of("/", "/nowhere", API + "/me", "/openapi.json")) {
      HttpResponse<String> response = running.get(OFFICER, path);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .doesNotContain("unsafe")
          .contains("script-src 'self'");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  // A program that mistypes an address gets what it can read, whatever the method.
  @Test
  void anApiAddressThatDoesNotExistIsProblemJson() throws Exception {
    for (HttpRequest.Builder request :
        List.of(
            running.request("/api/v1/nowhere").GET(),
            running.request("/api/v2/me").GET(),
            running.request("/api/v1/certificates").DELETE(),
            running.request("/api/v1/nowhere").PUT(BodyPublishers.ofString("x")),
            running.request("/api/v1/nowhere").POST(BodyPublishers.ofString("x")))) {
      HttpResponse<String> response = running.send(Optional.of(OFFICER), request);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(response.body()).contains("\"rule\":\"ADDRESS\"");
    }
  }

  // A page elsewhere whose name was pointed at this machine (DNS rebinding) learns nothing.
  @Test
  void answersToItsOwnNamesOnly() throws Exception {
    int port = running.service.address().getPort();
    for (String own : List.of("localhost", "LOCALHOST:" + port, "127.0.0.1:1", "[::1]:" + port)) {
      assertThat(statusFor(own)).as(own).startsWith("HTTP/1.1 200");
    }
    for (String other :
        List.of("evil.example", "localhost.evil.example:" + port, "[::2]", "10.0.0.1")) {
      assertThat(statusFor(other)).as(other).startsWith("HTTP/1.1 421");
    }
  }

  /** By hand, since Java's HTTP client lets nobody choose the Host header. */
  private String statusFor(String host) throws Exception {
    try (Socket socket =
        running
            .tls(Optional.of(OFFICER))
            .getSocketFactory()
            .createSocket("localhost", running.service.address().getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              String.format(
                      Locale.ROOT,
                      "GET /api/v1/me HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n",
                      host)
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(answer.readLine());
    }
  }

  // Somebody who knows no search key finds each certificate that is there.
  @Test
  void listsCertificatesWithoutASearchKey() throws Exception {
    String page = running.get(STAFF, "/certificates").body();
    assertThat(page).contains("<caption>").contains("href=\"/certificates/");
    assertThat(running.get(STAFF, API + "/certificates").body()).contains("\"serial\"");
  }

  // Whatever somebody typed comes back as text.
  @Test
  void showsWhatWasTypedWithoutBelievingIt() throws Exception {
    String markup = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E";
    HttpResponse<String> search = running.get(OFFICER, "/certificates?eui=" + markup);
    assertThat(search.statusCode()).isEqualTo(400);
    assertThat(search.body()).doesNotContain("<script>").contains("&lt;script&gt;");
    HttpResponse<String> form = running.postForm(OFFICER, "/requests", "csr=" + markup);
    assertThat(form.statusCode()).isEqualTo(400);
    assertThat(form.body()).doesNotContain("<script>").contains("&lt;script&gt;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/requests",
        "/certificates",
        "/certificates?role=SUPPLIER",
        "/certificates?serial=01",
        "/revocation-lists",
        "/expiry",
        "/organisations",
        "/organisations/90-B3-D5-1F-30-01-00-00",
      })
  void everyPageOpensForEveryDuty(String path) throws Exception {
    for (String who : List.of(OFFICER, STAFF, AUDITOR)) {
      HttpResponse<String> page = running.get(who, path);
      assertThat(page.statusCode()).as(who + " " + path).isEqualTo(200);
      assertThat(page.body()).contains("<h1>").contains("<main id=\"content\">");
    }
  }

  @Test
  void showsTheAuditPageToAuditorsOnly() throws Exception {
    assertThat(running.get(AUDITOR, "/audit?verify=all").body()).contains("The chain is intact");
    HttpResponse<String> refused = running.get(OFFICER, "/audit");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("may not read the audit log");
    assertThat(running.get(OFFICER, "/").body()).doesNotContain("href=\"/audit\"");
  }

  @Test
  void uploadsABatchByForm() throws Exception {
    Path file = folder.resolve("form.txt");
    DeviceRequests.writeFile(file, new Eui64(0x00DB_1234_5678_B000L), 2, running.house.smki.random);
    String body =
        "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"form.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\n"
            + Files.readString(file)
            + "\r\n--limit--\r\n";
    HttpResponse<String> taken = upload(body);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(303);
    assertThat(taken.headers().firstValue("Location").orElseThrow()).startsWith("/batches/");
    // A form that breaks off is no shorter file.
    HttpResponse<String> broken = upload(body.substring(0, body.length() - 20));
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(running.folder.resolve("inbox")).isEmptyDirectory();
  }

  private HttpResponse<String> upload(String body) throws Exception {
    return running.send(
        Optional.of(OFFICER),
        running
            .request("/requests/batches")
            .header("Content-Type", "multipart/form-data; boundary=limit")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void tellsItsHealthToAllAndItsMetricsToPeople() throws Exception {
    assertThat(running.get(Optional.empty(), "/health").body()).isEqualTo("{\"status\":\"UP\"}\n");
    assertThat(running.get(Optional.empty(), "/metrics").statusCode()).isEqualTo(401);
    assertThat(running.get(STAFF, "/metrics").body())
        .contains("smki_http_answers_total")
        .contains("smki_batches_unfinished");
  }
}
