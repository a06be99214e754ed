// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.system;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.duis.response.ResponseBody;
import org.meterbox.duis.signature.XmlVerifier;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * A user's Receive Response Service that keeps nothing: it verifies the DSP's signature and hands
 * the response to whoever waits for it.
 */
final class PushReceiver implements AutoCloseable {
  private static final String PATH = "/smartdcc/duis";
  private static final int MESSAGE_OCTETS_MAX = 16 * 1024 * 1024;

  private final DuisReader reader = new DuisReader();
  private final Map<MessageId, CompletableFuture<ReceivedResponse>> expected =
      new ConcurrentHashMap<>();
  private final Map<Octets, CompletableFuture<ReceivedResponse>> expectedAlerts =
      new ConcurrentHashMap<>();
  private final AtomicLong unexpected = new AtomicLong();
  private final XmlVerifier verifier;
  private final Eui64 dsp;
  private final WebServer server;

  PushReceiver(XmlVerifier verifier, Eui64 dsp, SSLContext tls) {
    this.verifier = verifier;
    this.dsp = dsp;
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .maxPayloadSize(MESSAGE_OCTETS_MAX)
            .shutdownHook(false)
            .tls(Tls.builder().sslContext(tls).clientAuth(TlsClientAuth.REQUIRED).build())
            .routing(HttpRouting.builder().post(PATH, this::receive))
            .build()
            .start();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.port() + PATH);
  }

  /** The response to this request, once it is pushed. */
  CompletableFuture<ReceivedResponse> expect(MessageId request) {
    CompletableFuture<ReceivedResponse> response = new CompletableFuture<>();
    expected.put(request, response);
    return response;
  }

  /** The push of this alert, as the device sent it. */
  CompletableFuture<ReceivedResponse> expectAlert(Octets alert) {
    CompletableFuture<ReceivedResponse> push = new CompletableFuture<>();
    expectedAlerts.put(alert, push);
    return push;
  }

  /** No longer waits for this alert. */
  void forgetAlert(Octets alert) {
    expectedAlerts.remove(alert);
  }

  /** No longer waits for the response to this request. */
  void forget(MessageId request) {
    expected.remove(request);
  }

  /** Pushes that nobody waited for: repeated deliveries and alerts. */
  long unexpected() {
    return unexpected.get();
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
    response.status(accept(message) ? Status.NO_CONTENT_204 : Status.BAD_REQUEST_400).send();
  }

  private boolean accept(Octets message) {
    if (!(reader.readResponse(message)
        instanceof Reading.Valid<ReceivedResponse>(ReceivedResponse received))) {
      return false;
    }
    try {
      verifier.verify(received.signature(), dsp, XmlVerifier.DSP_ROLES);
    } catch (VerificationException notTheDsp) {
      return false;
    }
    Optional<CompletableFuture<ReceivedResponse>> waiting =
        received.response().body() instanceof ResponseBody.DeviceAlert alert
            ? Optional.ofNullable(expectedAlerts.remove(alert.gbcsPayload()))
            : received.response().requestId().map(expected::remove);
    if (waiting.isPresent()) {
      waiting.get().complete(received);
    } else {
      unexpected.incrementAndGet();
    }
    return true;
  }
}
