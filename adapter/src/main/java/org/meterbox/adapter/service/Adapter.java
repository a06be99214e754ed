// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import io.helidon.http.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.meterbox.adapter.events.EventLog;
import org.meterbox.adapter.events.WebhookSender;
import org.meterbox.adapter.events.Webhooks;
import org.meterbox.adapter.requests.DccUser;
import org.meterbox.adapter.requests.RequestService;
import org.meterbox.adapter.requests.RequestStore;
import org.meterbox.adapter.service.AdapterServer.Route;
import org.meterbox.adapter.service.AdapterTimers.Timer;
import org.meterbox.adapter.service.OpenApiDocument.Operation;
import org.meterbox.duis.response.ReceivedResponse;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.store.Store;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The adapter of one or several DCC Users: a JSON service over durable requests, events and
 * webhooks. What it has acknowledged survives the end of its process at any moment.
 */
public final class Adapter implements AutoCloseable {
  private static final String SCHEMA = "adapter";

  private final RequestService requests;
  private final EventLog events;
  private final WebhookSender webhookSender;
  private final AdapterServer server;
  private final AdapterTimers timers;
  private final String host;
  private volatile boolean closing;

  private Adapter(Assembly assembly) throws IOException {
    Store store = assembly.store();
    InstantSource clock = assembly.clock();
    AdapterSettings settings = assembly.settings();
    store.migrate(SCHEMA, "org/meterbox/adapter/schema");
    this.host = assembly.host();
    Set<String> names = assembly.users().stream().map(DccUser::name).collect(Collectors.toSet());
    ApiClients clients = ApiClients.open(assembly.clients(), names, assembly.random());
    this.events =
        new EventLog(
            store,
            clock,
            settings.deliveryMax(),
            CallbackSecret.open(assembly.clients(), assembly.random()));
    Webhooks webhooks = new Webhooks(store);
    this.webhookSender = new WebhookSender(webhooks, clock);
    this.requests =
        new RequestService(
            new RequestStore(store),
            events,
            assembly.users(),
            settings.needApproval(),
            assembly.accessControlBroker(),
            clock);
    EventStream streams = new EventStream(events, () -> closing);
    // The routes need the server's body reader, and the server its routes.
    AtomicReference<AdapterServer> listening = new AtomicReference<>();
    RequestApi.BodySource bodies =
        (call, most) -> Optional.ofNullable(listening.get()).orElseThrow().body(call, most);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new RequestApi(requests, settings, bodies, streams).routes());
    routes.addAll(
        new EventApi(events, webhooks, settings, bodies, streams, clock, assembly.random())
            .routes());
    routes.addAll(publicRoutes(routes, events));
    this.server = new AdapterServer(clients, routes, assembly.host(), assembly.port());
    listening.set(server);
    this.timers =
        AdapterTimers.start(
            store,
            clock,
            Map.of(
                "requests", new Timer(Duration.ofSeconds(1), requests::resume),
                "webhooks", new Timer(Duration.ofSeconds(1), webhookSender::deliverDue),
                "retention",
                    new Timer(
                        Duration.ofHours(1),
                        () -> requests.purge(clock.instant().minus(settings.retention())))));
  }

  /**
   * What an adapter is made of.
   *
   * @param store the database; its schema {@code adapter} is the adapter's own
   * @param users the DCC Users in whose names it works
   * @param clients the file of clients; made where it is missing
   * @param accessControlBroker the target of requests that are not for a device
   * @param host name or address of the interface
   * @param port 0 for any free one
   */
  public record Assembly(
      Store store,
      List<DccUser> users,
      Path clients,
      Eui64 accessControlBroker,
      AdapterSettings settings,
      String host,
      int port,
      InstantSource clock,
      SecureRandom random) {
    /** Copies the list. */
    public Assembly {
      users = List.copyOf(users);
    }
  }

  /**
   * Opens the store, starts to listen and takes up what an earlier process left.
   *
   * @throws IOException where the file of clients cannot be read or written
   * @throws org.meterbox.kernel.ListenException where it cannot listen there
   */
  public static Adapter start(Assembly assembly) throws IOException {
    return new Adapter(assembly);
  }

  private static List<Route> publicRoutes(List<Route> others, EventLog events) {
    List<Route> routes = new ArrayList<>();
    List<Operation> operations =
        others.stream()
            .filter(route -> !route.path().equals("/v1/services/{service}") || !route.body())
            .map(route ->
                new Operation(
                    route.method().text(),
                    route.path(),
                    route.summary(),
                    route.query(),
                    route.body()))
            .toList();
    ObjectNode document = OpenApiDocument.of(operations);
    routes.add(
        new Route(
            Method.GET,
            "/openapi.json",
            Optional.empty(),
            "This document",
            List.of(),
            false,
            call -> AdapterServer.send(call.response(), document)));
    routes.add(
        new Route(
            Method.GET,
            "/health",
            Optional.empty(),
            "Whether it runs and its database answers; otherwise 503",
            List.of(),
            false,
            call ->
                AdapterServer.send(
                    call.response(),
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("status", "up")
                        .put("lastEvent", events.last()))));
    return routes;
  }

  /** Stores a verified message of the DSP; when this returns it may be acknowledged. */
  public void receive(String user, ReceivedResponse message) {
    requests.receive(user, message);
  }

  /** Faults of our own in its threads. */
  public FaultCount faults() {
    return requests.faults();
  }

  /** The port on which it listens. */
  public int port() {
    return server.port();
  }

  /** Where it listens. */
  public String host() {
    return host;
  }

  @Override
  public void close() {
    closing = true;
    events.announce();
    timers.close();
    server.close();
    requests.close();
    webhookSender.close();
  }

  /** The key that signs callbacks, in a file beside that of the clients. */
  private static final class CallbackSecret {
    private static final int OCTETS = 32;

    private CallbackSecret() {}

    static String open(Path clients, SecureRandom random) throws IOException {
      Path file = clients.resolveSibling("callback.secret");
      if (!java.nio.file.Files.exists(file)) {
        byte[] drawn = new byte[OCTETS];
        random.nextBytes(drawn);
        ApiClients.write(
            file, WebhookSender.SECRET_PREFIX + Base64.getEncoder().encodeToString(drawn) + "\n");
      }
      return java.nio.file.Files.readString(file).strip();
    }
  }
}
