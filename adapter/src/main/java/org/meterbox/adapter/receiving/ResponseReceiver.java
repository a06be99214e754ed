// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.receiving;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading.Refused;
import org.meterbox.duis.Reading.Valid;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ListenException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Receive Response Service of one user: answers 204 once a message with the DSP's valid
 * signature is on the disk, 400 to everything else. {@code GET} with the parameter {@code id} gives
 * a kept message back, waiting for it up to {@code waitSeconds}; with {@code refusedSince}, a time,
 * also an alert by which the device refused some command since then.
 */
public final class ResponseReceiver implements AutoCloseable {
  /** The path that existing clients use. */
  public static final String PATH = "/smartdcc/duis";

  /** The longest message that is taken. */
  public static final int MESSAGE_OCTETS_MAX = 16 * 1024 * 1024;

  /** The longest time that a {@code GET} waits. */
  public static final Duration WAIT_MAX = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(ResponseReceiver.class);

  private final DuisReader reader = new DuisReader();
  private final Mailbox mailbox;
  private final XmlVerifier verifier;
  private final Eui64 dsp;
  private final WebServer server;
  private final String scheme;

  private final MessageSink sink;

  private ResponseReceiver(
      Mailbox mailbox,
      MessageSink sink,
      XmlVerifier verifier,
      Eui64 dsp,
      int port,
      Optional<SSLContext> tls) {
    this.mailbox = mailbox;
    this.sink = sink;
    this.verifier = verifier;
    this.dsp = dsp;
    this.scheme = tls.isPresent() ? "https" : "http";
    WebServerConfig.Builder listener =
        WebServer.builder()
            .host("127.0.0.1")
            .port(port)
            .maxPayloadSize(MESSAGE_OCTETS_MAX)
            .shutdownHook(false)
            .routing(HttpRouting.builder().post(PATH, this::receive).get(PATH, this::giveBack));
    tls.ifPresent(context ->
        listener.tls(Tls.builder().sslContext(context).clientAuth(TlsClientAuth.REQUIRED).build()));
    this.server = listener.build().start();
    if (!server.isRunning()) {
      throw ListenException.diagnose(
          List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)));
    }
  }

  /**
   * Starts to listen on the loopback interface.
   *
   * @param dsp the identifier that the DSP signs under
   * @param port 0 for any free one
   * @param tls the user's key and the DCC's trust anchors; without it plain HTTP is spoken
   * @throws ListenException where it cannot listen there
   */
  public static ResponseReceiver start(
      Mailbox mailbox, XmlVerifier verifier, Eui64 dsp, int port, Optional<SSLContext> tls) {
    return start(mailbox, MessageSink.NONE, verifier, dsp, port, tls);
  }

  /**
   * Starts to listen on the loopback interface, for one more that stores what comes.
   *
   * @param sink has each message in its own store before the message is acknowledged
   * @param dsp the identifier that the DSP signs under
   * @param port 0 for any free one
   * @param tls the user's key and the DCC's trust anchors; without it plain HTTP is spoken
   * @throws ListenException where it cannot listen there
   */
  public static ResponseReceiver start(
      Mailbox mailbox,
      MessageSink sink,
      XmlVerifier verifier,
      Eui64 dsp,
      int port,
      Optional<SSLContext> tls) {
    return new ResponseReceiver(mailbox, sink, verifier, dsp, port, tls);
  }

  /** Where the DSP is to push messages. */
  public URI address() {
    return URI.create(
        String.format(Locale.ROOT, "%s://127.0.0.1:%d%s", scheme, server.port(), PATH));
  }

  /** What was received. */
  public Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public void close() {
    server.stop();
  }

  private void receive(ServerRequest request, ServerResponse response) throws IOException {
    Octets message;
    try (InputStream body = request.content().inputStream()) {
      message = Octets.of(body.readNBytes(MESSAGE_OCTETS_MAX));
    }
    switch (reader.readResponse(message)) {
      case Valid<ReceivedResponse>(ReceivedResponse received) -> keep(received, response);
      case Refused<ReceivedResponse> refused -> {
        LOG.warn("a pushed message is no DUIS response: {}", refused.refusal());
        response.status(Status.BAD_REQUEST_400).send();
      }
    }
  }

  private void keep(ReceivedResponse received, ServerResponse response) throws IOException {
    Optional<MessageId> identity = identity(received.response());
    try {
      verifier.verify(received.signature(), dsp, XmlVerifier.DSP_ROLES);
    } catch (VerificationException notTheDsp) {
      LOG.warn("a pushed message is not signed by the DSP: {}", notTheDsp.getMessage());
      response.status(Status.BAD_REQUEST_400).send();
      return;
    }
    if (identity.isEmpty()) {
      response.status(Status.BAD_REQUEST_400).send();
      return;
    }
    Optional<ReceivedAlert> alert = ReceivedAlert.of(received.response(), received.asReceived());
    Mailbox.Outcome outcome =
        alert.isPresent()
            ? mailbox.keep(alert.get())
            : mailbox.keep(identity.get(), received.response().responseId(), received.asReceived());
    LOG.debug("received {}: {}", identity.get(), outcome);
    sink.store(received);
    response.status(Status.NO_CONTENT_204).send();
  }

  private static Optional<MessageId> identity(Response response) {
    return response.requestId().or(response::responseId);
  }

  private void giveBack(ServerRequest request, ServerResponse response) throws IOException {
    MessageId identity;
    Duration wait;
    Optional<Instant> refusedSince;
    try {
      identity = MessageId.parse(request.query().first("id").orElse(""));
      wait = Duration.ofSeconds(Long.parseLong(request.query().first("waitSeconds").orElse("0")));
      refusedSince = request.query().first("refusedSince").asOptional().map(Instant::parse);
    } catch (IllegalArgumentException | DateTimeParseException malformed) {
      response
          .status(Status.BAD_REQUEST_400)
          .send("id=ORIGINATOR:TARGET:COUNTER is needed; waitSeconds, refusedSince as allowed");
      return;
    }
    try {
      Duration atMost = wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
      Optional<Octets> found =
          refusedSince.isPresent()
              ? mailbox.await(identity, refusedSince.get(), atMost)
              : mailbox.await(identity, atMost);
      if (found.isPresent()) {
        response.send(found.get().toArray());
      } else {
        response.status(Status.NOT_FOUND_404).send();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      response.status(Status.SERVICE_UNAVAILABLE_503).send();
    }
  }
}
