// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.meterbox.dsp.anomaly.AnomalyOrders;
import org.meterbox.dsp.health.Health;
import org.meterbox.dsp.health.ManagementEndpoint;
import org.meterbox.dsp.intake.Intake;
import org.meterbox.http.BodyReader;
import org.meterbox.http.ConnectionGuard;
import org.meterbox.http.ConnectionLimits;
import org.meterbox.http.TlsPolicy;
import org.meterbox.kernel.ListenException;
import org.meterbox.smki.dccki.TlsRevocation;

/**
 * The listeners of the DSP: HTTPS with mutual TLS for DCC Users; where configured plain HTTP, as
 * client tools of the commercial emulator speak it; and one for operators.
 */
public final class Gateway implements AutoCloseable {
  /**
   * TCP connections of a listener for users: each costs about 100 KB while a request arrives. A
   * user's systems may stand behind one address.
   */
  public static final ConnectionLimits CONNECTIONS = ConnectionLimits.of(4_096, 1_024);

  /** TCP connections of the listener for operators. */
  public static final ConnectionLimits MANAGEMENT_CONNECTIONS = ConnectionLimits.of(256, 64);

  /** How long closing waits for requests that are being answered. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private static final String PLAIN = "plain";
  private static final String MANAGEMENT = "management";

  private final WebServer server;
  private final ConnectionGuard guard;

  private Gateway(WebServer server, ConnectionGuard guard) {
    this.server = server;
    this.guard = guard;
  }

  /**
   * Opens the listeners.
   *
   * @param secure for DCC Users
   * @param plain for tools that know no TLS
   * @param management health, metrics and why requests were refused, for operators
   * @param tls presents the DSP's DCCKI certificate and trusts the users'
   * @param revocation which of the users' certificates have been taken back
   * @param connections limits of each listener for users
   * @param anomalies takes signed files and tells of quarantine, over mutual TLS and for operators
   * @param health of each part
   * @throws ListenException where one of them cannot listen; none of them does then
   */
  public static Gateway open(
      Listener secure,
      Optional<Listener> plain,
      Listener management,
      SSLContext tls,
      TlsRevocation revocation,
      ConnectionLimits connections,
      Intake intake,
      AnomalyOrders anomalies,
      PrometheusMeterRegistry meters,
      Health health) {
    BodyReader bodies = new BodyReader(ServiceEndpoint.ALL_BODIES_MAX);
    ConnectionGuard guard = ConnectionGuard.start();
    Optional<MutualTls> mutualTls = Optional.of(new MutualTls(revocation));
    var config =
        WebServer.builder()
            .shutdownHook(false)
            .shutdownGracePeriod(CLOSE_WAIT)
            .update(listener -> bound(guard.protect(listener, connections), secure))
            .tls(TlsPolicy.DCC_USERS.listening(tls, TlsClientAuth.REQUIRED))
            .routing(r -> {
              new ServiceEndpoint(intake, bodies, mutualTls, meters).route(r);
              new AnomalyEndpoint(anomalies, mutualTls).route(r);
            })
            .putSocket(
                MANAGEMENT,
                listener ->
                    bound(guard.protect(listener, MANAGEMENT_CONNECTIONS), management)
                        .routing(r -> {
                          new ManagementEndpoint(health, meters).route(r);
                          new AnomalyEndpoint(anomalies, Optional.empty()).route(r);
                          r.get(RefusalDiagnostics.PATH, new RefusalDiagnostics(intake.refusals()));
                        }));
    plain.ifPresent(where ->
        config.putSocket(
            PLAIN,
            listener ->
                bound(guard.protect(listener, connections), where)
                    .routing(r ->
                        new ServiceEndpoint(intake, bodies, Optional.empty(), meters).route(r))));
    Gauge.builder("dsp.gateway.connections", guard, ConnectionGuard::connections)
        .description("TCP connections of all listeners")
        .register(meters);
    WebServer server = config.build().start();
    if (!server.isRunning()) {
      throw ListenException.diagnose(
          Stream.concat(Stream.of(secure, management), plain.stream())
              .map(Listener::address)
              .toList());
    }
    return new Gateway(server, guard);
  }

  private static <B extends ListenerConfig.BuilderBase<B, ?>> B bound(B listener, Listener where) {
    return listener.host(where.host()).port(where.port()).maxPayloadSize(ServiceEndpoint.BODY_MAX);
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
    guard.close();
  }
}
