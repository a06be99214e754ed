// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
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

  private static final int FAULT_LETTERS_MAX = 200;

  private final HttpClient client;
  private final Duration attemptWait;

  /**
   * A client.
   *
   * @param tls presents the DSP's certificate and trusts the users'
   * @param attemptWait for the whole of one attempt, to the last octet of the answer's body
   */
  public HttpUserServer(SSLContext tls, Duration attemptWait) {
    this.attemptWait = attemptWait;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WAIT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .sslContext(tls)
            .build();
  }

  @Override
  public Optional<String> post(URI address, Octets document) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(attemptWait)
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofByteArray(document.toArray()))
            .build();
    // The request's own time-out ends with the headers; the wait here bounds the body too.
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.discarding(), ANSWER_OCTETS_MAX));
    try {
      int status = exchange.get(attemptWait.toNanos(), TimeUnit.NANOSECONDS).statusCode();
      return status / 100 == 2 ? Optional.empty() : Optional.of("answered HTTP " + status);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return Optional.of(
          String.format(Locale.ROOT, "no complete answer within %d ms", attemptWait.toMillis()));
    } catch (ExecutionException e) {
      return Optional.of(fault(e));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.of("the attempt was interrupted");
    }
  }

  /** What the network said; anything else is a fault of our own and passed on. */
  private static String fault(ExecutionException failed) {
    @Nullable Throwable cause = failed.getCause();
    if (!(cause instanceof IOException)) {
      throw new IllegalStateException("a push failed in our own code", failed);
    }
    @Nullable String message = cause.getMessage();
    String fault = cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    return fault.substring(0, Math.min(FAULT_LETTERS_MAX, fault.length()));
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
