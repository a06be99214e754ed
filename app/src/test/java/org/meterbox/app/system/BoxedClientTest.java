// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.adapter.certificates.TrustedAuthorities;
import org.meterbox.adapter.identity.AgreementIdentity;
import org.meterbox.adapter.identity.SigningIdentity;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.adapter.receiving.Mailbox;
import org.meterbox.adapter.receiving.ResponseReceiver;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.adapter.sending.CriticalCommand.Outcome;
import org.meterbox.app.keys.TrustFile;
import org.meterbox.app.send.SendCommand;
import org.meterbox.app.system.SystemConfiguration.Boxed;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.correlate.ParseResult;
import org.meterbox.correlate.Verdict;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.ResponseMessage;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.smki.keystore.PublishedKeyStore;
import org.meterbox.smki.keystore.PublishedKeyStore.Entry;
import picocli.CommandLine;

/**
 * Client tools of the commercial emulator as they stand: the published keys that they hold, by
 * their names, plain HTTP, their paths and media types. Needs the published key store, and says so
 * where it is not there.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BoxedClientTest {
  private static final Path KEY_STORE = Path.of("..", "..", "shared", "data", "zaz1-keystore.json");
  private static final Eui64 METER = Home.FIRST.electricityMeter();
  private static final Eui64 DSP = CentralParties.ACCESS_CONTROL_BROKER;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicLong counter = new AtomicLong(InstantSource.system().millis());
  private final HttpClient http = HttpClient.newHttpClient();
  private Path folder = Path.of("");
  private Optional<PublishedKeyStore> keys = Optional.empty();
  private Optional<ResponseReceiver> receiver = Optional.empty();
  private Optional<MeterboxSystem> running = Optional.empty();

  @BeforeAll
  void start(@TempDir Path fresh) throws Exception {
    folder = fresh;
    assumeTrue(Files.isReadable(KEY_STORE), "the published test keys are not beside this checkout");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    keys = Optional.of(PublishedKeyStore.read(KEY_STORE));
    receiver =
        Optional.of(
            ResponseReceiver.start(
                Mailbox.open(folder.resolve("received")), dspVerifier(), DSP, 0, Optional.empty()));
    SystemConfiguration configuration =
        new SystemConfiguration(
            data(),
            Optional.empty(),
            Ports.FREE,
            Map.of(Participant.SUPPLIER_1, receiver.get().address()),
            Optional.of(new Boxed(KEY_STORE, 0, Optional.of(0))),
            Gateway.CONNECTIONS,
            step -> {});
    running =
        Optional.of(
            MeterboxSystem.start(configuration, InstantSource.system(), SystemObserver.NONE));
  }

  @AfterAll
  void stop() {
    running.ifPresent(MeterboxSystem::close);
    receiver.ifPresent(ResponseReceiver::close);
    http.close();
  }

  @Test
  void aReadingIsDecryptedAndItsMacChecksWithTheKeysThatToolsHold() throws Exception {
    try (UserDesk supplier = supplier()) {
      RequestDraft read =
          request(
              Participant.SUPPLIER_1,
              METER,
              CommandVariant.NON_CRITICAL_WAN,
              "4.1.1",
              XmlElement.of("ReadInstantaneousImportRegisters"));
      assertThat(code(supplier.sender().send(read))).isEqualTo(ResponseCode.I99);

      ParseResult.Parsed parsed = parsed(supplier, read);

      assertThat(parsed.mac()).isInstanceOf(Verdict.Valid.class);
      assertThat(new String(parsed.document().toArray(), StandardCharsets.UTF_8))
          .contains("ActiveImportRegister")
          .doesNotContain("format=\"encrypted\"");
    }
  }

  @Test
  void aCriticalCommandIsTransformedCorrelatedSignedSentAndItsAnswerVerified() throws Exception {
    try (UserDesk supplier = supplier()) {
      RequestDraft disable =
          request(
              Participant.SUPPLIER_1,
              METER,
              CommandVariant.TRANSFORM,
              "7.2",
              XmlElement.of("DisableSupply"));
      Outcome outcome = supplier.critical().send(disable);
      assertThat(outcome).isInstanceOf(Outcome.Sent.class);
      assertThat(code(((Outcome.Sent) outcome).acknowledgement())).isEqualTo(ResponseCode.I99);

      ParseResult.Parsed parsed = parsed(supplier, disable);

      assertThat(parsed.signature()).isInstanceOf(Verdict.Valid.class);
      assertThat(new String(parsed.document().toArray(), StandardCharsets.UTF_8))
          .contains("MessageSuccess=\"true\"");
    }
  }

  // The official examples are dated 2030, and client tools send them as they are.
  @Test
  void aRequestDatedAsTheOfficialExamplesAreIsTaken() throws Exception {
    try (UserDesk supplier = supplier()) {
      RequestDraft dated =
          request(
              Participant.SUPPLIER_1,
              METER,
              CommandVariant.TRANSFORM,
              "6.4.1",
              XmlElement.of(
                  "UpdateDeviceConfigurationLoadLimitingGeneralSettings",
                  XmlElement.leaf("ExecutionDateTime", "2030-01-15T09:00:00.00Z"),
                  XmlElement.leaf("LoadLimitPeriod", "300"),
                  XmlElement.leaf("LoadLimitPowerThreshold", "6900"),
                  XmlElement.leaf("LoadLimitRestorationPeriod", "30"),
                  XmlElement.leaf("LoadLimitSupplyState", "Unchanged")));

      assertThat(supplier.critical().send(dated)).isInstanceOf(Outcome.Sent.class);
    }
  }

  // A tool that takes the first certificate for its purpose must get one whose key it holds.
  @Test
  void theRepositoryNamesTheCertificatesThatToolsHoldFirst() throws Exception {
    String found = search("CertificateSubjectName", Participant.SUPPLIER_1.id());
    for (String name :
        List.of("Z1-supplier-ds", "Z1-supplier-ka", "Z1-supplierPP-ka", "Z1b-supplier-ds")) {
      assertThat(found).contains(serial(name));
    }
    assertThat(found.indexOf(serial("Z1-supplier-ds")))
        .isLessThan(found.indexOf(serial("Z1b-supplier-ds")));
    assertThat(found.indexOf(serial("Z1-supplier-ka")))
        .isLessThan(found.indexOf(serial("Z1b-supplier-ka")));
    assertThat(search("CertificateSubjectAltName", METER))
        .contains("<CertificateUsage>KA</CertificateUsage>");
  }

  @Test
  void everyPublishedPartyIsAdmittedInItsRole() throws Exception {
    // The load controller may send one service only, and none that is for all other users.
    Map<Participant, ResponseCode> expected = new HashMap<>();
    Participant.ALL.forEach(user -> expected.put(user, ResponseCode.I0));
    expected.put(Participant.LOAD_CONTROLLER, ResponseCode.E2);
    // Admitted, and not registered for the premises: what it may not see is not there for it.
    expected.put(Participant.SUPPLIER_2, ResponseCode.find("E080201").orElseThrow());
    Map<Participant, ResponseCode> answered = new HashMap<>();
    for (Participant user : expected.keySet()) {
      try (UserDesk desk = desk(identity(user))) {
        RequestDraft inventory =
            request(
                user,
                DSP,
                CommandVariant.NON_DEVICE,
                "8.2",
                XmlElement.of("ReadInventory", XmlElement.leaf("DeviceID", METER.dashed())));
        answered.put(user, code(desk.sender().send(inventory)));
      }
    }
    assertThat(answered).isEqualTo(expected);
    assertThat(identity(Participant.OTHER_USER).xmlSigning().certificate())
        .isEqualTo(key("xml-sign-00DB123456780004-ds").record().certificate());
  }

  @Test
  void theArchiveOfKeysIsServedWithItsLength() throws Exception {
    URI archive = tools("/assets/crypto/org-crypto.zip");
    HttpResponse<byte[]> head =
        http.send(
            HttpRequest.newBuilder(archive).method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofByteArray());
    HttpResponse<byte[]> got =
        http.send(HttpRequest.newBuilder(archive).build(), BodyHandlers.ofByteArray());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(got.body().length);
    Map<String, byte[]> members = new HashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(got.body()), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertThat(members).hasSize(2 * keys.orElseThrow().entries().size());
    assertThat(members.get("org-crypto/key/Z1-supplier-ka.key"))
        .isEqualTo(key("Z1-supplier-ka").publishedPrivateKey().toArray());
    assertThat(
            new String(members.get("org-crypto/cert/Z1-supplier-ka.pem"), StandardCharsets.UTF_8))
        .startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  @Test
  void aUserSaysWhileTheSystemRunsWhereItsResponsesGo() throws Exception {
    URI setting = tools("/users/supplier2/response-address");
    String before = get(setting);
    try (ResponseReceiver elsewhere =
            ResponseReceiver.start(
                Mailbox.open(folder.resolve("elsewhere")),
                dspVerifier(),
                DSP,
                0,
                Optional.empty());
        UserDesk supplier = desk(identity(Participant.SUPPLIER_2))) {
      assertThat(put(setting, elsewhere.address().toString())).isEqualTo(204);
      assertThat(get(tools("/users/90-B3-D5-1F-30-03-00-00/response-address")))
          .isEqualTo(elsewhere.address().toString());
      assertThat(Addresses.read(data().addresses()).orElseThrow().receivers())
          .doesNotContainKey("supplier2");
      RequestDraft read =
          request(
              Participant.SUPPLIER_2,
              METER,
              CommandVariant.NON_CRITICAL_WAN,
              "11.2",
              XmlElement.of("ReadFirmwareVersion"));
      // Not its customer's meter: what is pushed is not the point, that it is known is.
      assertThat(code(supplier.sender().send(read))).isEqualTo(ResponseCode.E4);
      assertThat(put(setting, "file:///etc/passwd")).isEqualTo(400);
      assertThat(put(tools("/users/nobody/response-address"), "http://127.0.0.1:1/"))
          .isEqualTo(404);
      assertThat(fromWebPage(setting)).isEqualTo(403);
      assertThat(delete(setting)).isEqualTo(204);
      assertThat(get(setting)).isEqualTo(before);
    }
  }

  @Test
  void whatAUserSaidDirectsItsResponses() throws Exception {
    URI setting = tools("/users/network1/response-address");
    try (ResponseReceiver elsewhere =
            ResponseReceiver.start(
                Mailbox.open(folder.resolve("network")), dspVerifier(), DSP, 0, Optional.empty());
        UserDesk network = desk(identity(Participant.NETWORK_OPERATOR))) {
      assertThat(put(setting, elsewhere.address().toString())).isEqualTo(204);
      RequestDraft read =
          request(
              Participant.NETWORK_OPERATOR,
              METER,
              CommandVariant.NON_CRITICAL_WAN,
              "7.4",
              XmlElement.of("ReadSupplyStatus"));
      assertThat(code(network.sender().send(read))).isEqualTo(ResponseCode.I99);
      assertThat(elsewhere.mailbox().await(read.requestId(), PATIENCE)).isPresent();
    }
    assertThat(delete(setting)).isEqualTo(204);
  }

  @Test
  void sendWorksOnItsDataDirectory() throws Exception {
    StringWriter out = new StringWriter();
    int status =
        new CommandLine(new SendCommand())
            .setOut(new PrintWriter(out))
            .execute(
                Path.of("..", "docs", "examples", "read-import-registers.xml").toString(),
                "--as=network1",
                "--data=" + data().root());
    assertThat(out.toString()).contains("MAC       valid").contains("ActiveImportRegister");
    assertThat(status).isZero();
  }

  private DataDirectory data() {
    return new DataDirectory(folder.resolve("data"));
  }

  private Entry key(String name) {
    return keys.orElseThrow().entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String serial(String name) {
    return Octets.of(key(name).record().certificate().getSerialNumber().toByteArray()).hex();
  }

  /** The supplier with the keys that tools hold, chosen by name and by nothing else. */
  private UserDesk supplier() throws IOException {
    return desk(
        new UserIdentity(
            Participant.SUPPLIER_1.id(),
            signing("xml-sign-90B3D51F30010000-ds"),
            signing("Z1-supplier-ds"),
            agreement("Z1-supplier-ka"),
            Optional.of(agreement("Z1-supplierPP-ka"))));
  }

  private UserIdentity identity(Participant participant) {
    return new PublishedIdentities(keys.orElseThrow()).user(participant);
  }

  private UserDesk desk(UserIdentity identity) throws IOException {
    InstantSource clock = InstantSource.system();
    URI plain =
        URI.create("http://127.0.0.1:" + system().dsp().gateway().plainPort().orElseThrow());
    return UserDesk.open(
        identity,
        plain,
        system().addresses().repository(),
        new TrustedAuthorities(
            TrustFile.read(data().trust()),
            new PublishedIdentities(keys.orElseThrow()).pinned(),
            clock),
        Optional.empty(),
        clock);
  }

  private MeterboxSystem system() {
    return running.orElseThrow();
  }

  private SigningIdentity signing(String name) {
    return new SigningIdentity(key(name).signingKey(), key(name).record().certificate());
  }

  private AgreementIdentity agreement(String name) {
    return new AgreementIdentity(key(name).agreementKey(), key(name).record().certificate());
  }

  private RequestDraft request(
      Participant user, Eui64 target, CommandVariant variant, String service, XmlElement body) {
    return RequestDraft.single(
        new MessageId(user.id(), target, new OriginatorCounter(counter.incrementAndGet())),
        variant,
        new ServiceReferenceVariant(service),
        body);
  }

  private static ResponseCode code(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Verified.class);
    return ((Answer.Verified) answer).response().code();
  }

  private ParseResult.Parsed parsed(UserDesk desk, RequestDraft request) throws Exception {
    Octets pushed =
        receiver.orElseThrow().mailbox().await(request.requestId(), PATIENCE).orElseThrow();
    Response response =
        ((Valid<ReceivedResponse>) new DuisReader().readResponse(pushed)).value().response();
    assertThat(response.code()).isEqualTo(ResponseCode.I0);
    ResponseMessage message = (ResponseMessage) response.body();
    Octets payload = ((ResponseData.DeviceResponse) message.data()).gbcsPayload();
    ParseResult result = desk.parseAndCorrelate().parse(payload, request.serviceReferenceVariant());
    assertThat(result).isInstanceOf(ParseResult.Parsed.class);
    return (ParseResult.Parsed) result;
  }

  private XmlVerifier dspVerifier() throws Exception {
    Signer signer = Signer.of(key("dsp-xml-sign-90B3D51F30000002-ds").record().certificate());
    return new XmlVerifier(
        name -> name.names(signer.certificate()) ? Optional.of(signer) : Optional.empty());
  }

  private String search(String element, Eui64 holder) throws Exception {
    String query =
        String.format(
            Locale.ROOT,
            "<CertificateSearchRequest><%1$s>%2$s</%1$s></CertificateSearchRequest>",
            element,
            holder.dashed());
    URI address =
        URI.create(
            system().addresses().repository() + "/services/certificatesearch?apikey=anything");
    HttpResponse<String> found =
        http.send(
            HttpRequest.newBuilder(address)
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString(query))
                .build(),
            BodyHandlers.ofString());
    assertThat(found.statusCode()).isEqualTo(200);
    return found.body();
  }

  private URI tools(String path) {
    return URI.create(system().clientTools().orElseThrow() + path);
  }

  private String get(URI address) throws Exception {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body()
        .strip();
  }

  private int put(URI address, String text) throws Exception {
    return status(HttpRequest.newBuilder(address).PUT(BodyPublishers.ofString(text)));
  }

  private int fromWebPage(URI address) throws Exception {
    return status(
        HttpRequest.newBuilder(address)
            .header("Origin", "http://example.org")
            .PUT(BodyPublishers.ofString("http://127.0.0.1:1/")));
  }

  private int delete(URI address) throws Exception {
    return status(HttpRequest.newBuilder(address).DELETE());
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
