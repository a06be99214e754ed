// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.meterbox.adapter.events.Event;
import org.meterbox.adapter.events.EventFilter;
import org.meterbox.adapter.events.EventKind;
import org.meterbox.adapter.events.EventLog;
import org.meterbox.adapter.events.WebhookSender;
import org.meterbox.adapter.events.Webhooks;
import org.meterbox.adapter.events.Webhooks.Webhook;
import org.meterbox.adapter.parameters.JsonReading;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.adapter.service.AdapterServer.Call;
import org.meterbox.adapter.service.AdapterServer.Route;
import org.meterbox.adapter.service.RequestApi.BodySource;
import org.meterbox.http.BodyReader.BodyException;
import org.meterbox.kernel.Octets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Events, alerts and webhooks. */
final class EventApi {
  private static final Set<EventKind> ALERTS =
      EnumSet.of(EventKind.DEVICE_ALERT, EventKind.DCC_ALERT);

  private final EventLog events;
  private final Webhooks webhooks;
  private final AdapterSettings settings;
  private final BodySource bodies;
  private final EventStream streams;
  private final InstantSource clock;
  private final SecureRandom random;

  EventApi(
      EventLog events,
      Webhooks webhooks,
      AdapterSettings settings,
      BodySource bodies,
      EventStream streams,
      InstantSource clock,
      SecureRandom random) {
    this.events = events;
    this.webhooks = webhooks;
    this.settings = settings;
    this.bodies = bodies;
    this.streams = streams;
    this.clock = clock;
    this.random = random;
  }

  List<Route> routes() {
    List<String> filters =
        List.of("after", "kind", "device", "request", "code", "from", "limit", "wait");
    return List.of(
        new Route(
            Method.GET,
            "/v1/events",
            Optional.of(Permission.READ),
            "Everything that happened, behind a position; or as a stream",
            filters,
            false,
            call -> read(call, EnumSet.allOf(EventKind.class))),
        new Route(
            Method.GET,
            "/v1/alerts",
            Optional.of(Permission.READ),
            "Alerts of devices and of the DSP, behind a position; or as a stream",
            filters,
            false,
            call -> read(call, ALERTS)),
        new Route(
            Method.GET,
            "/v1/webhooks",
            Optional.of(Permission.READ),
            "The webhooks of this client",
            List.of(),
            false,
            this::list),
        new Route(
            Method.POST,
            "/v1/webhooks",
            Optional.of(Permission.READ),
            "Add a webhook: url, kinds, users; the answer has the secret of its signatures",
            List.of(),
            true,
            this::add),
        new Route(
            Method.DELETE,
            "/v1/webhooks/{webhook}",
            Optional.of(Permission.READ),
            "Remove a webhook",
            List.of(),
            false,
            this::remove));
  }

  /** From the query, or from where a stream broke. */
  static long after(Call call) throws ParameterException {
    String text =
        call.request()
            .headers()
            .first(HeaderNames.create("Last-Event-ID"))
            .or(() -> call.query("after"))
            .orElse("0");
    if (!text.matches("[0-9]{1,18}")) {
      throw new ParameterException("after", "is no position");
    }
    return Long.parseLong(text);
  }

  private void read(Call call, Set<EventKind> offered)
      throws Problem, ParameterException, IOException, InterruptedException {
    EventFilter filter = filter(call, offered);
    if (RequestApi.wantsStream(call)) {
      streams.write(filter, () -> false, call.response());
      return;
    }
    int limit = RequestApi.number(call, "limit", 100, EventLog.PAGE_MAX);
    int wait = RequestApi.number(call, "wait", 0, (int) RequestApi.WAIT_MAX.toSeconds());
    List<Event> found = await(filter, limit, Duration.ofSeconds(wait));
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Event event : found) {
      list.add(
          JsonReading.object(
              Octets.of(event.body().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("events", list);
    json.put("next", found.isEmpty() ? filter.after() : found.getLast().position());
    AdapterServer.send(call.response(), json);
  }

  private List<Event> await(EventFilter filter, int limit, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long generation = events.generation();
      List<Event> found = events.read(filter, limit);
      long left = end - System.nanoTime();
      if (!found.isEmpty() || left <= 0) {
        return found;
      }
      events.await(generation, Duration.ofNanos(left));
    }
  }

  private static EventFilter filter(Call call, Set<EventKind> offered) throws ParameterException {
    Set<EventKind> kinds = EnumSet.copyOf(offered);
    if (call.query("kind").isPresent()) {
      kinds.retainAll(
          Set.of(
              EventKind.of(call.query("kind").get())
                  .orElseThrow(() -> new ParameterException("kind", "is no kind of event"))));
    }
    Optional<Instant> from;
    try {
      from = call.query("from").map(Instant::parse);
    } catch (DateTimeParseException malformed) {
      throw new ParameterException("from", "is no time such as 2027-01-31T07:30:00Z");
    }
    return new EventFilter(
        after(call),
        call.client().users(),
        kinds,
        call.query("device"),
        call.query("request"),
        call.query("code"),
        from);
  }

  private void list(Call call) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    webhooks.of(call.client().name()).forEach(webhook -> list.add(json(webhook)));
    AdapterServer.send(call.response(), Status.OK_200, list);
  }

  private static ObjectNode json(Webhook webhook) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", webhook.id());
    json.put("url", webhook.url());
    ArrayNode kinds = json.putArray("kinds");
    webhook.kinds().stream().map(EventKind::word).sorted().forEach(kinds::add);
    ArrayNode users = json.putArray("users");
    webhook.users().stream().sorted().forEach(users::add);
    json.put("created", webhook.created().toString());
    return json;
  }

  private void add(Call call) throws Problem, ParameterException, IOException, BodyException {
    ObjectNode json = JsonReading.object(bodies.of(call, AdapterServer.BODY_MAX));
    for (String name : json.propertyNames()) {
      if (!Set.of("url", "kinds", "users").contains(name)) {
        throw new ParameterException(name, "is not known here; there are kinds, url, users");
      }
    }
    JsonNode url = json.path("url");
    if (!url.isString()) {
      throw new ParameterException("url", "is missing");
    }
    RequestReading.requireAllowed("url", url.stringValue(), settings.callbackHosts());
    Webhook webhook =
        new Webhook(
            HexFormat.of().formatHex(octets(8)),
            call.client().name(),
            url.stringValue(),
            WebhookSender.SECRET_PREFIX + Base64.getEncoder().encodeToString(octets(32)),
            kinds(json.get("kinds")),
            users(call.client(), json.get("users")),
            clock.instant());
    if (!webhooks.add(webhook)) {
      throw Problem.of(
          Status.CONFLICT_409,
          "webhooks",
          "The client has enough webhooks",
          "it has " + Webhooks.PER_CLIENT_MAX,
          "Remove one first: DELETE /v1/webhooks/ID.");
    }
    ObjectNode answer = json(webhook);
    answer.put("secret", webhook.secret());
    AdapterServer.send(call.response(), Status.CREATED_201, answer);
  }

  private byte[] octets(int count) {
    byte[] drawn = new byte[count];
    random.nextBytes(drawn);
    return drawn;
  }

  private static Set<EventKind> kinds(@org.jspecify.annotations.Nullable JsonNode list)
      throws ParameterException {
    if (list == null) {
      return EnumSet.allOf(EventKind.class);
    }
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (JsonNode word : list) {
      kinds.add(
          EventKind.of(word.asString(""))
              .orElseThrow(() -> new ParameterException("kinds", "names no kind of event")));
    }
    if (kinds.isEmpty()) {
      throw new ParameterException("kinds", "is no list of kinds of events");
    }
    return kinds;
  }

  private static Set<String> users(
      ApiClient client, @org.jspecify.annotations.Nullable JsonNode list)
      throws ParameterException {
    if (list == null) {
      return client.users();
    }
    Set<String> users = new TreeSet<>();
    list.forEach(user -> users.add(user.asString("")));
    if (users.isEmpty() || !client.users().containsAll(users)) {
      throw new ParameterException("users", "names a user that this client may not be");
    }
    return users;
  }

  private void remove(Call call) throws Problem {
    if (!webhooks.remove(call.client().name(), call.path("webhook"))) {
      throw Problem.notFound("this client has no webhook " + call.path("webhook"));
    }
    call.response().status(Status.NO_CONTENT_204).send();
  }
}
