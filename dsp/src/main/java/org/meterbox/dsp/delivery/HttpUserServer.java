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
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.meterbox.kernel.Octets;

/** Posts by HTTP, or by HTTPS with the DSP's own certificate (mutual TLS). */
public final class HttpUserServer implements UserServer, AutoCloseable {
  /** How long a connection may take to come about. */
  public static final Duration CONNECT_WAIT = Duration.ofSeconds(5);

  private final HttpClient client;
  private final Duration attemptWait;

  /**
   * A client.
   *
   * @param tls presents the DSP's certificate and trusts the users'
   * @param attemptWait for the whole of one attempt
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
    try {
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      return response.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of("answered HTTP " + response.statusCode());
    } catch (IOException e) {
      return Optional.of(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the DSP is ending");
    }
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
