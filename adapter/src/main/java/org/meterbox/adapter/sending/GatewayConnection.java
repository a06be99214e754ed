// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.sending;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.meterbox.kernel.Octets;

/** The connection to the DSP's DCC User gateway. Safe for use by many threads. */
public final class GatewayConnection implements AutoCloseable {
  /** How long one request may take. */
  public static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  /** The longest answer that is read; an inventory of 17 devices has far less. */
  public static final int ANSWER_OCTETS_MAX = 16 * 1024 * 1024;

  private final URI gateway;
  private final HttpClient http;

  /**
   * A connection that is opened when it is used.
   *
   * @param gateway scheme, host and port
   * @param tls the user's key and the DCC's trust anchors, for https
   */
  public GatewayConnection(URI gateway, Optional<SSLContext> tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    tls.ifPresent(builder::sslContext);
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
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(service.path()))
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofByteArray(document.toArray()))
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] octets = body.readNBytes(ANSWER_OCTETS_MAX + 1);
      if (octets.length > ANSWER_OCTETS_MAX) {
        throw new IOException("the gateway's answer is longer than " + ANSWER_OCTETS_MAX);
      }
      return new HttpAnswer(response.statusCode(), Octets.of(octets));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
