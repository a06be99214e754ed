// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Octets;

/** Posts by HTTP, or by HTTPS with the DSP's own certificate (mutual TLS). */
public final class HttpUserServer implements UserServer, AutoCloseable {
  /** How long a connection may take to come about. */
  public static final Duration CONNECT_WAIT = Duration.ofSeconds(5);

  /** Octets of an answer's body at most. Nothing in it is used; a user's server sends none. */
  public static final int ANSWER_OCTETS_MAX = 64 * 1024;

  /** Connections that stay open for the next push at most, for each user's server. */
  public static final int IDLE_CONNECTIONS_MAX = 64;

  private static final int FAULT_LETTERS_MAX = 200;

  private final Http1Client client;
  private final Duration attemptWait;
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A client.
   *
   * @param tls presents the DSP's certificate and trusts the users'
   * @param attemptWait for the whole of one attempt, to the last octet of the answer's body
   */
  public HttpUserServer(SSLContext tls, Duration attemptWait) {
    this.attemptWait = attemptWait;
    this.client =
        Http1Client.builder()
            .tls(Tls.builder().sslContext(tls).build())
            .socketOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .connectTimeout(CONNECT_WAIT)
            .readTimeout(attemptWait)
            .followRedirects(false)
            .proxy(Proxy.noProxy())
            .shareConnectionCache(false)
            .connectionCacheSize(IDLE_CONNECTIONS_MAX)
            .servicesDiscoverServices(false)
            .build();
    // Makes the library load what the first push would otherwise spend its time on.
    Http1ClientRequest _ = client.post();
  }

  @Override
  public Optional<String> post(URI address, Octets document) {
    // A thread of its own: to interrupt it closes its connection, whatever it waits for.
    Future<Optional<String>> attempt = attempts.submit(() -> exchange(address, document));
    try {
      return attempt.get(attemptWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      attempt.cancel(true);
      return Optional.of(
          String.format(Locale.ROOT, "no complete answer within %d ms", attemptWait.toMillis()));
    } catch (ExecutionException e) {
      return Optional.of(fault(e));
    } catch (InterruptedException e) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.of("the attempt was interrupted");
    }
  }

  private Optional<String> exchange(URI address, Octets document) throws IOException {
    try (HttpClientResponse response =
        client
            .post()
            .uri(address)
            .header(HeaderNames.CONTENT_TYPE, "application/xml")
            .submit(document.toArray())) {
      Status status = response.status();
      dropBody(response);
      return status.family() == Status.Family.SUCCESSFUL
          ? Optional.empty()
          : Optional.of("answered HTTP " + status.code());
    }
  }

  /** A connection of which the whole answer was read serves the next push. */
  private static void dropBody(HttpClientResponse response) throws IOException {
    if (!response.entity().hasEntity()) {
      return;
    }
    try (InputStream body = response.entity().inputStream()) {
      byte[] read = body.readNBytes(ANSWER_OCTETS_MAX + 1);
      if (read.length > ANSWER_OCTETS_MAX) {
        throw new IOException("the answer has more than " + ANSWER_OCTETS_MAX + " octets");
      }
    }
  }

  /** What the network or the user's server did wrong; an error is a fault of our own. */
  private static String fault(ExecutionException failed) {
    @Nullable Throwable cause = failed.getCause();
    if (cause instanceof UncheckedIOException wrapped) {
      cause = wrapped.getCause();
    }
    if (!(cause instanceof IOException || cause instanceof RuntimeException)) {
      throw new IllegalStateException("a push failed in our own code", failed);
    }
    @Nullable String message = cause.getMessage();
    String fault = cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    return fault.substring(0, Math.min(FAULT_LETTERS_MAX, fault.length()));
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    attempts.shutdownNow();
    client.closeResource();
  }
}
