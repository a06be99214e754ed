// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.response.ResponseWriter;
import org.meterbox.duis.response.Throttling;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.gbcs.dlms.AccessRequest;
import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.gbcs.protection.MessageProtection;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ListenException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Over real HTTP on the loopback interface. */
class ResponseReceiverTest {
  private static final Eui64 DSP = Eui64.parse("90-B3-D5-1F-30-00-00-02");
  private static final MessageId REQUEST =
      MessageId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7");

  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private ResponseReceiver receiver;
  private XmlSigner signer;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    X509Certificate certificate = certificate();
    SoftwareSigningKey key =
        new SoftwareSigningKey(
            P256.privateKeyFromPkcs8(pem("dsp-xml-signing.key")),
            P256.publicKey(certificate.getPublicKey()));
    Signer dsp = new Signer(certificate, DSP, RemotePartyRole.DSP_XML_SIGNING, key.publicKey());
    signer = new XmlSigner(key, IssuerSerial.of(certificate));
    receiver =
        ResponseReceiver.start(
            Mailbox.open(folder),
            new XmlVerifier(name -> name.names(certificate) ? Optional.of(dsp) : Optional.empty()),
            DSP,
            0,
            Optional.empty());
  }

  @AfterEach
  void stop() {
    receiver.close();
    http.close();
  }

  @Test
  void aSignedResponseIsKeptAndGivenBack() throws Exception {
    Octets document = signer.sign(ResponseWriter.write(response()));

    assertThat(post(document).statusCode()).isEqualTo(204);

    assertThat(receiver.mailbox().find(REQUEST)).contains(document);
    HttpResponse<byte[]> got =
        http.send(
            HttpRequest.newBuilder(URI.create(receiver.address() + "?id=" + REQUEST)).build(),
            BodyHandlers.ofByteArray());
    assertThat(Octets.of(got.body())).isEqualTo(document);
  }

  @Test
  void aResponseChangedUnderWayIsRefusedAndNotKept() throws Exception {
    String document =
        new String(signer.sign(ResponseWriter.write(response())).toArray(), StandardCharsets.UTF_8);
    String changed = document.replace(">I0<", ">I99<");
    assertThat(changed).isNotEqualTo(document);

    int status = post(Octets.of(changed.getBytes(StandardCharsets.UTF_8))).statusCode();

    assertThat(status).isEqualTo(400);
    assertThat(receiver.mailbox().find(REQUEST)).isEmpty();
  }

  @Test
  void anUnsignedResponseIsRefused() throws Exception {
    assertThat(post(ResponseWriter.write(response()).octets()).statusCode()).isEqualTo(400);
    assertThat(receiver.mailbox().find(REQUEST)).isEmpty();
  }

  @Test
  void whatIsNoResponseIsRefused() throws Exception {
    assertThat(post(Octets.ofHex("3C612F3E")).statusCode()).isEqualTo(400);
  }

  @Test
  void whatWasNotReceivedIsNotThere() throws Exception {
    HttpResponse<byte[]> got =
        http.send(
            HttpRequest.newBuilder(URI.create(receiver.address() + "?id=" + REQUEST)).build(),
            BodyHandlers.ofByteArray());
    assertThat(got.statusCode()).isEqualTo(404);
  }

  @Test
  void aTakenPortIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(ListenException.class)
          .isThrownBy(() ->
              ResponseReceiver.start(
                  Mailbox.open(folder),
                  new XmlVerifier(_ -> Optional.empty()),
                  DSP,
                  taken.getLocalPort(),
                  Optional.empty()));
    }
  }

  // The alert names the command by its counter: whoever asks for the request gets it.
  @Test
  void theAlertThatACommandIsNotSupportedIsAnAnswerToItsRequest() throws Exception {
    Octets document = push(0x8F85, unsupported(REQUEST.counter().value()));

    assertThat(ask("?id=" + REQUEST).body()).isEqualTo(document.toArray());
    assertThat(ask("?id=" + REQUEST.toString().replace(":7", ":8")).statusCode()).isEqualTo(404);
  }

  // An answer that comes as well stands before the alert, whatever their names.
  @Test
  void anAnswerStandsBeforeAnAlert() throws Exception {
    push(0x8F85, unsupported(REQUEST.counter().value()));
    Octets answer = signer.sign(ResponseWriter.write(response()));
    post(answer);

    assertThat(receiver.mailbox().findAll(REQUEST)).hasSize(2).first().isEqualTo(answer);
  }

  // A device that refuses a command does not say which: only who asks for it gets such an alert.
  @Test
  void aRefusalByTheDeviceIsGivenToWhoAsksForOneSinceThen() throws Exception {
    Octets document = push(0x8F3D, Octets.ofHex("DF09"));

    assertThat(ask("?id=" + REQUEST).statusCode()).isEqualTo(404);
    assertThat(ask("?id=" + REQUEST + "&refusedSince=" + MADE).body())
        .isEqualTo(document.toArray());
    assertThat(ask("?id=" + REQUEST + "&refusedSince=" + MADE.plusSeconds(1)).statusCode())
        .isEqualTo(404);
    assertThat(ask("?id=" + REQUEST + "&refusedSince=yesterday").statusCode()).isEqualTo(400);
  }

  // What happens at the meter anyway, for example that its switch is armed, is no refusal.
  @Test
  void anotherAlertOfTheDeviceIsNotTakenForARefusal() throws Exception {
    push(0x8F32, Octets.ofHex("DF09"));

    assertThat(ask("?id=" + REQUEST + "&refusedSince=" + MADE).statusCode()).isEqualTo(404);
  }

  private Octets push(int code, Octets gbcs) throws Exception {
    Response alert =
        new Response(
            Optional.empty(),
            Optional.of(MessageId.parse("00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:99")),
            ResponseCode.I0,
            MADE,
            new DeviceAlert(code, Throttling.NONE, gbcs));
    Octets document = signer.sign(ResponseWriter.write(alert));
    assertThat(post(document).statusCode()).isEqualTo(204);
    return document;
  }

  /** ECS100 as a meter sends it, with a signature that nobody checks here. */
  private static Octets unsupported(long counter) throws Exception {
    Octets command = new OctetWriter(10).u16(0x00BB).u64(counter).toOctets();
    Octets payload =
        new DataNotification(
                AccessRequest.longInvokeId(new OriginatorCounter(99)),
                new DlmsValue.Structure(
                    List.of(
                        new DlmsValue.UInt16(0x8F85),
                        DlmsDateTime.of(MADE).toValue(),
                        new DlmsValue.OctetString(command))))
            .encode();
    GroupingHeader header =
        GroupingHeader.of(
            CraFlag.ALERT,
            MessageId.parse("00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:99"),
            new OtherInformation.CodeOnly(new MessageCode(0x0120)));
    return MessageProtection.signedAlert(
            header, payload, SoftwareSigningKey.of(P256.generate(new SecureRandom())))
        .encode();
  }

  private HttpResponse<byte[]> ask(String query) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(receiver.address() + query)).build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(Octets document) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(receiver.address())
            .POST(HttpRequest.BodyPublishers.ofByteArray(document.toArray()))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static Response response() {
    return Response.fromDevice(
        REQUEST,
        new ServiceReferenceVariant("7.4"),
        ResponseCode.I0,
        Instant.parse("2026-01-01T00:00:00Z"),
        new ResponseData.DeviceResponse(Octets.ofHex("DF09")));
  }

  private static X509Certificate certificate() throws Exception {
    try (InputStream in = resource("dsp-xml-signing.pem")) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static byte[] pem(String name) throws IOException {
    try (InputStream in = resource(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        ResponseReceiverTest.class.getResourceAsStream("/org/meterbox/adapter/" + name), name);
  }
}
