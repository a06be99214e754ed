// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.adapter.receiving.Mailbox;
import org.meterbox.adapter.receiving.ResponseReceiver;
import org.meterbox.app.system.SystemConfiguration.Boxed;
import org.meterbox.app.system.SystemConfiguration.Ports;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.smki.keystore.PublishedKeyStore;

/**
 * A client of the commercial emulator as it stands: published keys, plain HTTP, its paths and media
 * types. Needs the published key store, and says so where it is not there.
 */
class BoxedClientTest {
  private static final Path KEY_STORE = Path.of("..", "..", "shared", "data", "zaz1-keystore.json");
  private static final String REQUEST_ID = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000";
  private static final String REQUEST =
      "<sr:Request xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\""
          + " schemaVersion=\"5.4\"><sr:Header><sr:RequestID>"
          + REQUEST_ID
          + "</sr:RequestID><sr:CommandVariant>1</sr:CommandVariant>"
          + "<sr:ServiceReference>7.4</sr:ServiceReference>"
          + "<sr:ServiceReferenceVariant>7.4</sr:ServiceReferenceVariant></sr:Header><sr:Body>"
          + "<sr:ReadSupplyStatus></sr:ReadSupplyStatus></sr:Body></sr:Request>";

  @Test
  void aPublishedKeySignsAndThePublishedDspKeyAnswers(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isReadable(KEY_STORE), "the published test keys are not beside this checkout");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    PublishedIdentities identities = new PublishedIdentities(PublishedKeyStore.read(KEY_STORE));
    XmlVerifier dsp = dspVerifier(identities);
    Mailbox mailbox = Mailbox.open(folder.resolve("received"));
    try (ResponseReceiver receiver =
            ResponseReceiver.start(
                mailbox, dsp, CentralParties.ACCESS_CONTROL_BROKER, 0, Optional.empty());
        MeterboxSystem system = start(folder, receiver.address());
        HttpClient http = HttpClient.newHttpClient()) {
      int port = system.dsp().gateway().plainPort().orElseThrow();

      HttpResponse<byte[]> answer =
          post(
              http,
              String.format(Locale.ROOT, "http://127.0.0.1:%d/api/v1/serviceS", port),
              signed(identities));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/xml");
      ReceivedResponse acknowledged = read(Octets.of(answer.body()));
      dsp.verify(
          acknowledged.signature(), CentralParties.ACCESS_CONTROL_BROKER, XmlVerifier.DSP_ROLES);
      assertThat(acknowledged.response().code()).isEqualTo(ResponseCode.I99);
      Octets pushed =
          mailbox.await(MessageId.parse(REQUEST_ID), Duration.ofSeconds(30)).orElseThrow();
      assertThat(read(pushed).response().code()).isEqualTo(ResponseCode.I0);
      assertThat(searchMeter(http, system)).contains("<CertificateUsage>KA</CertificateUsage>");
    }
  }

  private static String searchMeter(HttpClient http, MeterboxSystem system) throws Exception {
    Octets query =
        Octets.of(
            "<CertificateSearchRequest><CertificateSubjectAltName>00-DB-12-34-56-78-90-A0</CertificateSubjectAltName></CertificateSearchRequest>"
                .getBytes(StandardCharsets.UTF_8));
    String address =
        system.addresses().repository() + "/services/certificatesearch?apikey=anything";
    HttpResponse<byte[]> found = post(http, address, query);
    assertThat(found.statusCode()).isEqualTo(200);
    return new String(found.body(), StandardCharsets.UTF_8);
  }

  private static MeterboxSystem start(Path folder, URI receiver) throws Exception {
    SystemConfiguration configuration =
        new SystemConfiguration(
            new DataDirectory(folder.resolve("data")),
            Optional.empty(),
            Ports.FREE,
            Map.of(Participant.SUPPLIER_1, receiver),
            Optional.of(new Boxed(KEY_STORE, 0)),
            step -> {});
    return MeterboxSystem.start(configuration, InstantSource.system(), SystemObserver.NONE);
  }

  private static Octets signed(PublishedIdentities identities) {
    var xml = identities.user(Participant.SUPPLIER_1).xmlSigning();
    return new XmlSigner(xml.key(), IssuerSerial.of(xml.certificate()))
        .sign(new CanonicalXml(Octets.of(REQUEST.getBytes(StandardCharsets.UTF_8))));
  }

  private static XmlVerifier dspVerifier(PublishedIdentities identities) throws Exception {
    Signer signer = Signer.of(identities.broker().documentSigningCertificate());
    return new XmlVerifier(
        name -> name.names(signer.certificate()) ? Optional.of(signer) : Optional.empty());
  }

  private static ReceivedResponse read(Octets document) {
    return ((Valid<ReceivedResponse>) new DuisReader().readResponse(document)).value();
  }

  private static HttpResponse<byte[]> post(HttpClient http, String address, Octets body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/xml")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
