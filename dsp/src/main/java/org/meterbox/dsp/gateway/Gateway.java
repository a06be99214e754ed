// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.meterbox.dsp.intake.Intake;

/**
 * The listeners of the DSP: HTTPS with mutual TLS for DCC Users; where configured plain HTTP, as
 * client tools of the commercial emulator speak it; and one for operators.
 */
public final class Gateway implements AutoCloseable {
  /** TCP connections of one listener at most. */
  public static final int CONNECTIONS_MAX = 4_096;

  /** Requests of one listener that are in the house at the same time at most. */
  public static final int REQUESTS_MAX = 1_024;

  /** How long a connection may stay silent. */
  public static final Duration IDLE_MAX = Duration.ofMinutes(2);

  /** How long a request may take to arrive once it has begun, and a TLS handshake. */
  public static final Duration READ_MAX = Duration.ofSeconds(30);

  /** How long closing waits for requests that are being answered. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private static final String PLAIN = "plain";
  private static final String MANAGEMENT = "management";

  private final WebServer server;

  private Gateway(WebServer server) {
    this.server = server;
  }

  /**
   * Opens the listeners.
   *
   * @param secure for DCC Users
   * @param plain for tools that know no TLS
   * @param management health and metrics, for operators
   * @param tls presents the DSP's DCCKI certificate and trusts the users'
   * @param healthy whether the DSP can do its work
   */
  public static Gateway open(
      Listener secure,
      Optional<Listener> plain,
      Listener management,
      SSLContext tls,
      Intake intake,
      PrometheusMeterRegistry meters,
      BooleanSupplier healthy) {
    BodyReader bodies = new BodyReader();
    var config =
        WebServer.builder()
            .shutdownHook(false)
            .shutdownGracePeriod(CLOSE_WAIT)
            .update(listener -> bound(listener, secure))
            .tls(Tls.builder().sslContext(tls).clientAuth(TlsClientAuth.REQUIRED).build())
            .routing(r -> new ServiceEndpoint(intake, bodies, true, meters).route(r))
            .putSocket(
                MANAGEMENT,
                listener -> bound(listener, management).routing(r -> manage(r, meters, healthy)));
    plain.ifPresent(where ->
        config.putSocket(
            PLAIN,
            listener ->
                bound(listener, where)
                    .routing(r -> new ServiceEndpoint(intake, bodies, false, meters).route(r))));
    return new Gateway(config.build().start());
  }

  private static <B extends ListenerConfig.BuilderBase<B, ?>> B bound(B listener, Listener where) {
    return listener
        .host(where.host())
        .port(where.port())
        .maxTcpConnections(CONNECTIONS_MAX)
        .maxConcurrentRequests(REQUESTS_MAX)
        .maxPayloadSize(BodyReader.BODY_MAX)
        .idleConnectionTimeout(IDLE_MAX)
        .connectionOptions(socket -> socket.readTimeout(READ_MAX));
  }

  private static void manage(
      HttpRouting.Builder routing, PrometheusMeterRegistry meters, BooleanSupplier healthy) {
    routing.get(
        "/health",
        (_, response) -> {
          boolean well = healthy.getAsBoolean();
          response.status(well ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
          response.header(HeaderNames.CONTENT_TYPE, "application/json");
          response.send(
              String.format(Locale.ROOT, "{\"status\":\"%s\"}", well ? "UP" : "DOWN")
                  .getBytes(StandardCharsets.UTF_8));
        });
    routing.get(
        "/metrics",
        (_, response) -> {
          response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
          response.send(meters.scrape().getBytes(StandardCharsets.UTF_8));
        });
  }

  /** The port on which HTTPS is spoken. */
  public int securePort() {
    return server.port();
  }

  /** The port on which plain HTTP is spoken, where it is. */
  public Optional<Integer> plainPort() {
    int port = server.port(PLAIN);
    return port > 0 ? Optional.of(port) : Optional.empty();
  }

  /** The port for operators. */
  public int managementPort() {
    return server.port(MANAGEMENT);
  }

  /** Answers what is under way, then closes the listeners. */
  @Override
  public void close() {
    server.stop();
  }
}
