// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.http.BodyReader;
import org.meterbox.http.BodyReader.Body;
import org.meterbox.http.BodyReader.BodyException;
import org.meterbox.http.ConnectionGuard;
import org.meterbox.http.ConnectionLimits;
import org.meterbox.kernel.ListenException;
import org.meterbox.kernel.Octets;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HTTP side of the adapter. Every way in is a {@link Route}: the client is known by its token
 * and has the permission before anything else happens, and every fault is a problem document.
 */
public final class AdapterServer implements AutoCloseable {
  /** TCP connections; programs of one back office come from few addresses. */
  public static final ConnectionLimits CONNECTIONS = ConnectionLimits.of(1_024, 512);

  /** The longest body of a request: firmware images alone need more than {@link #BODY_MAX}. */
  public static final int FIRMWARE_BODY_MAX = 16 * 1024 * 1024;

  /** The longest body of any other request. */
  public static final int BODY_MAX = 2 * 1024 * 1024;

  /** Octets of bodies held at the same time. */
  public static final int ALL_BODIES_MAX = 128 * 1024 * 1024;

  /** How long closing waits for what is being answered. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(AdapterServer.class);
  private static final String JSON = "application/json";

  /** A request whose client was admitted. */
  record Call(ApiClient client, ServerRequest request, ServerResponse response) {
    Optional<String> query(String name) {
      return request.query().first(name).asOptional();
    }

    String path(String name) {
      return request.path().pathParameters().get(name);
    }
  }

  /** What is done with a call. */
  @FunctionalInterface
  interface Action {
    void run(Call call)
        throws Problem, ParameterException, IOException, BodyException, InterruptedException;
  }

  /**
   * A way in.
   *
   * @param permission what the client needs; empty for what everybody may see
   */
  record Route(
      Method method,
      String path,
      Optional<Permission> permission,
      String summary,
      List<String> query,
      boolean body,
      Action action) {}

  private final BodyReader bodies = new BodyReader(ALL_BODIES_MAX);
  private final ConnectionGuard guard = ConnectionGuard.start();
  private final ApiClients clients;
  private final WebServer server;

  AdapterServer(ApiClients clients, List<Route> routes, String host, int port) {
    this.clients = clients;
    HttpRouting.Builder routing = HttpRouting.builder();
    for (Route route : routes) {
      routing.route(
          route.method(), route.path(), (request, response) -> answer(route, request, response));
    }
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(CLOSE_WAIT)
            .update(listener -> guard.protect(listener, CONNECTIONS))
            .maxPayloadSize(FIRMWARE_BODY_MAX)
            .routing(routing)
            .build()
            .start();
    if (!server.isRunning()) {
      throw ListenException.diagnose(List.of(new InetSocketAddress(host, port)));
    }
  }

  /** The port on which it listens. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
    guard.close();
  }

  private void answer(Route route, ServerRequest request, ServerResponse response) {
    try {
      route.action().run(new Call(admitted(route, request), request, response));
    } catch (Problem problem) {
      send(response, problem);
    } catch (ParameterException fault) {
      send(response, Problem.parameter(fault.parameter(), fault.fault()));
    } catch (BodyException refused) {
      response.header(HeaderValues.CONNECTION_CLOSE);
      send(
          response,
          Problem.of(
              refused.reason().status(),
              "body",
              "The body is not taken",
              String.valueOf(refused.getMessage()),
              "Send less at once."));
    } catch (StoreException unavailable) {
      LOG.warn("the store cannot be used: {}", unavailable.getMessage());
      send(
          response,
          Problem.of(
              Status.SERVICE_UNAVAILABLE_503,
              "store",
              "The adapter cannot store anything now",
              "the database does not answer",
              "Repeat with the same Idempotency-Key; the operator looks after the database."));
    } catch (IOException gone) {
      LOG.debug("a client went away: {}", gone.toString());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      send(
          response,
          Problem.of(
              Status.SERVICE_UNAVAILABLE_503,
              "closing",
              "The adapter is closing",
              "it was told to end",
              "Ask again when it has been started."));
    } catch (RuntimeException fault) {
      // The edge of the thread: whatever fault of our own it is, the client gets a problem.
      if (response.isSent()) {
        throw fault;
      }
      LOG.error("{} {} met a fault", route.method(), route.path(), fault);
      send(
          response,
          Problem.of(
              Status.INTERNAL_SERVER_ERROR_500,
              "fault",
              "The adapter met a fault of its own",
              "its log has the details",
              "GET /v1/requests shows what was taken before; report the fault."));
    }
  }

  private static final ApiClient NOBODY =
      new ApiClient("nobody", Octets.of(new byte[0]), java.util.Set.of(), java.util.Set.of());

  private ApiClient admitted(Route route, ServerRequest request) throws Problem {
    if (route.permission().isEmpty()) {
      return NOBODY;
    }
    ApiClient client =
        request
            .headers()
            .first(HeaderNames.AUTHORIZATION)
            .flatMap(clients::find)
            .orElseThrow(() ->
                Problem.of(
                    Status.UNAUTHORIZED_401,
                    "unauthorized",
                    "The client is not known",
                    "the header Authorization: Bearer TOKEN is missing or has no known token",
                    "Take the token from the file that the adapter named when it started."));
    Permission needed = route.permission().get();
    if (!client.permissions().contains(needed)) {
      throw Problem.forbidden(client.name() + " has not the permission " + needed.word());
    }
    return client;
  }

  /** The body of a call. */
  Octets body(Call call, int bodyMax) throws IOException, BodyException {
    try (Body body = bodies.read(call.request(), bodyMax)) {
      return body.octets();
    }
  }

  static void send(ServerResponse response, Status status, JsonNode json) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, JSON);
    response.send(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  static void send(ServerResponse response, ObjectNode json) {
    send(response, Status.OK_200, json);
  }

  private static void send(ServerResponse response, Problem problem) {
    if (response.isSent()) {
      return;
    }
    if (problem.status().equals(Status.UNAUTHORIZED_401)) {
      response.header(HeaderNames.create("WWW-Authenticate"), "Bearer");
    }
    response.status(problem.status()).header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    response.send(problem.json().getBytes(StandardCharsets.UTF_8));
  }
}
