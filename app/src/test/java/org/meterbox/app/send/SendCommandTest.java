// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.adapter.sending.Answer;
import org.meterbox.app.CommandRun;
import org.meterbox.app.RefusedHandover;
import org.meterbox.app.system.Addresses;
import org.meterbox.app.system.DataDirectory;
import org.meterbox.app.system.MeterboxSystem;
import org.meterbox.app.system.SystemConfiguration;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.app.system.SystemObserver;
import org.meterbox.dsp.gateway.Gateway;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person and a program learn of what came of a request. */
final class SendCommandTest {
  private static final Path READ = Path.of("../docs/examples/read-supply-status.xml");
  private static final Path DISABLE = Path.of("../docs/examples/disable-supply.xml");

  @TempDir static Path folder;
  private static MeterboxSystem system;

  @BeforeAll
  static void start() throws Exception {
    // As root the database runs under another account, which has to get through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    system =
        MeterboxSystem.start(
            new SystemConfiguration(
                data(),
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
    system.close();
  }

  private static DataDirectory data() {
    return new DataDirectory(folder.resolve("data"));
  }

  private static CommandRun send(String... arguments) {
    List<String> all = new ArrayList<>(List.of("send", "--data", folder + "/data"));
    all.addAll(List.of(arguments));
    if (!all.contains("--wait")) {
      // Generous: what is waited for comes within a second, unless the machine is very busy.
      all.addAll(List.of("--wait", "120"));
    }
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void anAnswerIsShownAndEndsWithNought() {
    CommandRun run = send(READ.toString());

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output())
        .contains("acknowledgement I99")
        .contains("response: the device did what was asked")
        .contains("MMC       MAC       valid")
        .endsWith("answered\n");
  }

  @Test
  void aCriticalCommandGoesTheWholeWay() {
    CommandRun run = send(DISABLE.toString(), "--json");

    assertThat(run.exitCode()).as(run.errors()).isZero();
    JsonNode json = JsonMapper.shared().readTree(run.output());
    assertThat(json.at("/preCommand/match").booleanValue()).isTrue();
    assertThat(json.at("/outcome").stringValue()).isEqualTo("answered");
    assertThat(json.at("/mmc/document").stringValue()).contains("GBCSResponse");
  }

  @Test
  void jsonIsOneObjectInOneLineAndNothingElse() {
    CommandRun run = send(READ.toString(), "--as", "supplier2", "--json");

    assertThat(run.output()).hasLineCount(1);
    JsonNode json = JsonMapper.shared().readTree(run.output());
    assertThat(json.at("/acknowledgement/code").stringValue()).isEqualTo("E4");
    assertThat(json.at("/acknowledgement/rule").stringValue()).contains("not registered");
    assertThat(json.at("/outcome").stringValue()).isEqualTo("refused");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  // The code alone sends a person into the documents; the DSP knows the sentence.
  @Test
  void aRefusalNamesTheRule() {
    CommandRun run = send(READ.toString(), "--as", "supplier2");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output().replaceAll("\\s+", " ")).contains("not registered for the device");
  }

  @Test
  void quietPrintsTheDocumentAloneOrTheReasonOnStandardError() {
    CommandRun read = send(READ.toString(), "--quiet");
    assertThat(read.output()).startsWith("<ra:GBCSResponse").endsWith("</ra:GBCSResponse>\n");
    assertThat(read.errors()).isEmpty();

    CommandRun refused = send(READ.toString(), "--as", "supplier2", "-q");
    assertThat(refused.output()).isEmpty();
    assertThat(refused.errors()).startsWith("meterbox: E4").hasLineCount(1);
  }

  @Test
  void aRequestIsReadFromStandardInput() throws IOException {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(READ)));
      assertThat(send("-", "--quiet").exitCode()).isZero();
    } finally {
      System.setIn(before);
    }
  }

  // Before, it waited half a minute and said "no response", while the alert lay in the receiver.
  @Test
  void theAlertOfADeviceThatRefusesTheCommandIsTheAnswer() throws IOException {
    Path request = RefusedHandover.write(folder, data().root());

    CommandRun run = send(request.toString());

    assertThat(run.exitCode()).as(run.output() + run.errors()).isEqualTo(4);
    assertThat(run.output()).contains("device alert: 8F3D: ").endsWith("failed\n");
  }

  @Test
  void whatComesBackIsSavedAndCanBeRead() throws IOException {
    Path saved = folder.resolve("saved");

    assertThat(send(READ.toString(), "--save", saved.toString()).exitCode()).isZero();

    assertThat(saved.resolve("acknowledgement.xml")).exists();
    assertThat(Files.readString(saved.resolve("response.hex"))).containsPattern("^[0-9A-F]+\n$");
    CommandRun parsed =
        CommandRun.of("parse", saved.toString(), "--out", folder.resolve("mmc").toString());
    assertThat(parsed.output()).isEqualTo("1 messages, 0 failed\n");
  }

  // A receiver that never gets anything, as where the device's answer was lost.
  @Test
  void withoutAnAnswerItSaysSoAfterTheTimeGiven() throws IOException {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    receiver.start();
    Addresses known = system.addresses();
    try {
      new Addresses(
              known.gateway(),
              known.repository(),
              known.portal(),
              known.operators(),
              known.operations(),
              Map.of(
                  "supplier1",
                  URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/")))
          .write(data().addresses());

      CommandRun run = send(READ.toString(), "--wait", "1");

      assertThat(run.exitCode()).as(run.errors()).isEqualTo(5);
      assertThat(run.output()).contains("no response within 1 s").endsWith("no-answer\n");
    } finally {
      known.write(data().addresses());
      receiver.stop(0);
    }
  }

  // Most codes have no public meaning; then the rule stands alone, and never "no public meaning".
  @Test
  void aCodeWithoutAMeaningIsExplainedByTheRule() {
    ResponseCode code = ResponseCode.find("E100").orElseThrow();
    Response response =
        Response.synchronous(
            MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7"),
            new ServiceReferenceVariant("7.4"),
            code,
            Instant.EPOCH,
            new ResponseData.Nothing());
    Answer answer = new Answer.Verified(response, Octets.ofHex("00"));

    assertThat(new Acknowledgement(answer, Optional.of("the rule")).line())
        .isEqualTo("E100: the rule");
    assertThat(new Acknowledgement(answer, Optional.empty()).line()).contains("operators' port");
  }

  @Test
  void whatTheGatewaySaysInWordsIsShownInWords() {
    Octets body = Octets.of("element: wrong\n".getBytes(StandardCharsets.UTF_8));
    Acknowledgement refused =
        new Acknowledgement(new Answer.Rejected(400, "refused", body), Optional.empty());

    assertThat(refused.line()).isEqualTo("HTTP 400, refused: element: wrong");
    assertThat(refused.outcome()).contains(SendOutcome.REFUSED);
  }
}
