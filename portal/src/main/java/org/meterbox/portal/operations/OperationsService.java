// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.operations;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.meterbox.http.ConnectionGuard;
import org.meterbox.http.ConnectionLimits;
import org.meterbox.kernel.ListenException;
import org.meterbox.portal.events.EventFeed;
import org.meterbox.portal.overview.SystemStatus;
import org.meterbox.portal.web.Door;
import org.meterbox.portal.web.HostNames;
import org.meterbox.portal.web.Reply;
import org.meterbox.portal.web.Route;
import org.meterbox.portal.web.Visit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations pages and their API over HTTP. Nobody is asked who they are, as on the management
 * port: whoever reaches it sees every request and device. It belongs on the loopback interface, or
 * behind a proxy that asks. Requests that a page of another name sends (DNS rebinding) are refused.
 */
public final class OperationsService implements AutoCloseable {
  /** The usual port. */
  public static final int PORT = 9080;

  /** TCP connections: browsers take up to six each, and a listener to events keeps one. */
  public static final ConnectionLimits CONNECTIONS = ConnectionLimits.of(512, 256);

  /** How long closing waits for requests that are being answered. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  /** Nothing is posted here. */
  private static final long PAYLOAD_MAX = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(OperationsService.class);

  private final Deque<Runnable> open = new ArrayDeque<>();
  private final WebServer server;

  private OperationsService(OperationsSources sources, String host, int port, HostNames names) {
    boolean started = false;
    try {
      server = start(sources, host, port, names);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /**
   * Opens the service.
   *
   * @param host the address to listen on
   * @param port 0 is any free one
   * @param names under which it is reached
   * @throws ListenException where it cannot listen there
   */
  public static OperationsService open(
      OperationsSources sources, String host, int port, List<String> names) {
    return new OperationsService(sources, host, port, new HostNames(names));
  }

  private WebServer start(OperationsSources sources, String host, int port, HostNames names) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    open.push(meters::close);
    ConnectionGuard guard = ConnectionGuard.start();
    open.push(guard::close);
    EventFeed feed = EventFeed.start(sources.store());
    open.push(feed::close);
    OperationsData data = new OperationsData(sources);
    SystemStatus status = new SystemStatus(sources.store(), sources.health(), sources.clock());
    Door door = Door.forEverybody(names, meters);
    List<Route> pages = new OperationsPages(data, status).routes();
    List<Route> api = new OperationsApi(data, status, feed).routes();
    WebServer opened =
        WebServer.builder()
            .shutdownHook(false)
            .shutdownGracePeriod(CLOSE_WAIT)
            .host(host)
            .port(port)
            .update(listener -> guard.protect(listener, CONNECTIONS))
            .maxPayloadSize(PAYLOAD_MAX)
            .routing(routing -> {
              door.open(routing, api, OperationsApi.FACE);
              door.open(routing, pages, OperationsSite::problem);
              door.open(
                  routing,
                  List.of(Route.open("/*", OperationsService::unknown)),
                  OperationsSite::problem);
              routing.error(Throwable.class, OperationsService::failed);
            })
            .build()
            .start();
    open.push(opened::stop);
    if (!opened.isRunning()) {
      throw ListenException.diagnose(List.of(new InetSocketAddress(host, port)));
    }
    return opened;
  }

  private static Reply unknown(Visit visit) {
    return OperationsSite.problem(
        Optional.empty(), OperationsSite.notFound("there is no page " + visit.address()));
  }

  /** What went wrong is for the log; a page learns no more than that it did. */
  private static void failed(ServerRequest request, ServerResponse response, Throwable thrown) {
    LOG.error("no answer to {} {}", request.prologue().method(), request.path().rawPath(), thrown);
    response.status(Status.INTERNAL_SERVER_ERROR_500);
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send(
        "This went wrong on our side and is in the log.\n".getBytes(StandardCharsets.UTF_8));
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
