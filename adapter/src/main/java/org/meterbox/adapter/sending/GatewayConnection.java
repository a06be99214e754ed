// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.sending;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.meterbox.kernel.Octets;

/** The connection to the DSP's DCC User gateway. Safe for use by many threads. */
public final class GatewayConnection implements AutoCloseable {
  /** How long the gateway may be silent. */
  public static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  /** The longest answer that is read; an inventory of 17 devices has far less. */
  public static final int ANSWER_OCTETS_MAX = 16 * 1024 * 1024;

  /** Connections that stay open for the next request at most. */
  public static final int IDLE_CONNECTIONS_MAX = 256;

  private final URI gateway;
  private final Http1Client http;

  /**
   * A connection that is opened when it is used.
   *
   * @param gateway scheme, host and port
   * @param tls the user's key and the DCC's trust anchors, for https
   */
  public GatewayConnection(URI gateway, Optional<SSLContext> tls) {
    Http1ClientConfig.Builder builder =
        Http1Client.builder()
            .socketOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(ANSWER_MAX)
            .followRedirects(false)
            .proxy(Proxy.noProxy())
            .shareConnectionCache(false)
            .connectionCacheSize(IDLE_CONNECTIONS_MAX)
            .servicesDiscoverServices(false);
    tls.ifPresent(context -> builder.tls(Tls.builder().sslContext(context).build()));
    this.gateway = gateway;
    this.http = builder.build();
  }

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param body the octets, signed as they stand where they are a DUIS response
   */
  public record HttpAnswer(int status, Octets body) {}

  /**
   * Posts one signed document.
   *
   * @throws IOException where the gateway cannot be reached or answers more than {@link
   *     #ANSWER_OCTETS_MAX}
   */
  public HttpAnswer post(WebService service, Octets document)
      throws IOException, InterruptedException {
    try (HttpClientResponse response =
        http.post()
            .uri(gateway.resolve(service.path()))
            .header(HeaderNames.CONTENT_TYPE, "application/xml")
            .submit(document.toArray())) {
      int status = response.status().code();
      try (InputStream body = response.inputStream()) {
        byte[] octets = body.readNBytes(ANSWER_OCTETS_MAX + 1);
        if (octets.length > ANSWER_OCTETS_MAX) {
          throw new IOException("the gateway's answer is longer than " + ANSWER_OCTETS_MAX);
        }
        return new HttpAnswer(status, Octets.of(octets));
      }
    } catch (UncheckedIOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for the gateway");
      }
      throw plain(Objects.requireNonNull(e.getCause(), "an UncheckedIOException has a cause"));
    }
  }

  private IOException plain(IOException fault) {
    if (!(fault instanceof ConnectException)) {
      return fault;
    }
    ConnectException refused =
        new ConnectException("nobody answers at " + gateway + "; is the system running?");
    refused.initCause(fault);
    return refused;
  }

  @Override
  public void close() {
    http.closeResource();
  }
}
