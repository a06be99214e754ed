// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.service;

import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.meterbox.http.ConnectionGuard;
import org.meterbox.http.ConnectionLimits;
import org.meterbox.http.TlsPolicy;
import org.meterbox.kernel.ListenException;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.portal.smki.api.Api;
import org.meterbox.portal.smki.pages.Portal;
import org.meterbox.portal.web.BatchInbox;
import org.meterbox.portal.web.Door;
import org.meterbox.portal.web.HostNames;
import org.meterbox.portal.web.Route;
import org.meterbox.smki.desk.Desks;
import org.meterbox.smki.desk.Infrastructure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SMKI Portal and the API over HTTPS. A person is known by the certificate that TLS checked.
 * The handshake lets people without one in, so that a page can tell them which one they need; but
 * for revocation lists and the like they get nothing else.
 */
public final class SmkiService implements AutoCloseable {
  /** TCP connections: people's browsers take up to six each, and many stand behind one address. */
  public static final ConnectionLimits CONNECTIONS = ConnectionLimits.of(1_024, 512);

  /** How long closing waits for requests that are being answered. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /** A batch file with the form around it: nothing longer is read from any connection. */
  private static final long PAYLOAD_MAX = BatchInbox.FILE_OCTETS_MAX + 64L * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(SmkiService.class);

  private final Deque<Runnable> open = new ArrayDeque<>();
  private final FaultCount batchFaults;
  private final WebServer server;

  private SmkiService(
      Infrastructure smki, String host, int port, HostNames names, SSLContext tls, Path inboxFolder)
      throws IOException {
    batchFaults = new FaultCount(smki.clock());
    boolean started = false;
    try {
      server = start(smki, host, port, names, tls, inboxFolder);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private WebServer start(
      Infrastructure smki, String host, int port, HostNames names, SSLContext tls, Path inboxFolder)
      throws IOException {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    open.push(meters::close);
    ConnectionGuard guard = ConnectionGuard.start();
    open.push(guard::close);
    BatchInbox inbox = new BatchInbox(inboxFolder);
    BatchWorker worker = BatchWorker.start(smki.batches(), batchFaults);
    open.push(worker::close);
    Gauge.builder("smki.batches.unfinished", smki, parts -> parts.batches().unfinished().size())
        .description("batches with requests that wait")
        .register(meters);
    Desks desks = new Desks(smki);
    Gauge.builder("smki.batches.faults", batchFaults, FaultCount::count)
        .description("faults of our own that work on batches met")
        .register(meters);
    Door door = new Door(smki.people(), names, meters);
    Api api = new Api(desks, inbox, meters::scrape);
    Portal portal = new Portal(desks, inbox);
    WebServer opened =
        WebServer.builder()
            .shutdownHook(false)
            .shutdownGracePeriod(CLOSE_WAIT)
            .host(host)
            .port(port)
            .update(listener -> guard.protect(listener, CONNECTIONS))
            .maxPayloadSize(PAYLOAD_MAX)
            .tls(TlsPolicy.PEOPLE.listening(tls, TlsClientAuth.OPTIONAL))
            .routing(routing -> {
              door.open(routing, waking(api.routes(), worker), Api.FACE);
              routing.any("/api/*", (_, response) -> door.send(response, Api.noSuchAddress()));
              door.open(routing, waking(portal.routes(), worker), Portal.FACE);
              routing.error(Throwable.class, SmkiService::failed);
            })
            .build()
            .start();
    open.push(opened::stop);
    if (!opened.isRunning()) {
      throw ListenException.diagnose(List.of(new InetSocketAddress(host, port)));
    }
    return opened;
  }

  /**
   * Opens the service.
   *
   * @param host the address to listen on
   * @param port 0 is any free one
   * @param names under which it is reached, those of its certificate
   * @param tls presents the service's DCCKI certificate and trusts the DCCKI's and the IKI's roots
   * @param inboxFolder where batch files wait until they are in the database
   * @throws ListenException where it cannot listen there
   */
  public static SmkiService open(
      Infrastructure smki,
      String host,
      int port,
      List<String> names,
      SSLContext tls,
      Path inboxFolder)
      throws IOException {
    return new SmkiService(smki, host, port, new HostNames(names), tls, inboxFolder);
  }

  /** After whatever was posted the worker looks whether it was a batch. */
  private static List<Route> waking(List<Route> routes, BatchWorker worker) {
    List<Route> waking = new ArrayList<>();
    for (Route route : routes) {
      waking.add(
          route.verb() == Route.Verb.POST && route.path().endsWith("/batches")
              ? new Route(
                  route.verb(),
                  route.path(),
                  route.forEverybody(),
                  visit -> {
                    var reply = route.handler().answer(visit);
                    worker.wake();
                    return reply;
                  })
              : route);
    }
    return waking;
  }

  /** What went wrong is for the log; a stranger learns no more than that it did. */
  private static void failed(ServerRequest request, ServerResponse response, Throwable thrown) {
    LOG.error("no answer to {} {}", request.prologue().method(), request.path().rawPath(), thrown);
    response.status(Status.INTERNAL_SERVER_ERROR_500);
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send(
        "This went wrong on our side and is in the log.\n".getBytes(StandardCharsets.UTF_8));
  }

  /** Faults of our own that the work on batches met. */
  public FaultCount batchFaults() {
    return batchFaults;
  }

  /** Where a browser on this machine finds it, where it listens on a local address. */
  public URI address() {
    return URI.create(String.format(Locale.ROOT, "https://localhost:%d", server.port()));
  }

  /** The port on which it listens. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
