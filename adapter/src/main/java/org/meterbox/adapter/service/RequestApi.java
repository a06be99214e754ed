// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.adapter.events.EventFilter;
import org.meterbox.adapter.events.EventKind;
import org.meterbox.adapter.parameters.JsonReading;
import org.meterbox.adapter.parameters.ParameterException;
import org.meterbox.adapter.requests.RequestJson;
import org.meterbox.adapter.requests.RequestService;
import org.meterbox.adapter.requests.RequestService.Submission;
import org.meterbox.adapter.requests.RequestState;
import org.meterbox.adapter.requests.StoredRequest;
import org.meterbox.adapter.service.AdapterServer.Call;
import org.meterbox.adapter.service.AdapterServer.Route;
import org.meterbox.http.BodyReader.BodyException;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Services and requests. */
final class RequestApi {
  /** How long a client waits at most. */
  static final Duration WAIT_MAX = Duration.ofMinutes(2);

  /** How long a client waits that did not say. */
  static final Duration WAIT_USUAL = Duration.ofSeconds(30);

  private static final int LIST_MAX = 500;
  private static final int KEY_LENGTH_MAX = 200;
  private static final Pattern WAIT = Pattern.compile("(?:^|,)\\s*wait=([0-9]{1,6})\\s*(?:,|$)");

  private final RequestService requests;
  private final ServiceDirectory services = new ServiceDirectory();
  private final RequestReading reading;
  private final BodySource bodies;
  private final EventStream streams;

  /** Gives the body of a call. */
  interface BodySource {
    Octets of(Call call, int bodyMax) throws IOException, BodyException;
  }

  RequestApi(
      RequestService requests, AdapterSettings settings, BodySource bodies, EventStream streams) {
    this.requests = requests;
    this.reading = new RequestReading(requests::user, settings);
    this.bodies = bodies;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            Method.GET,
            "/v1/services",
            Optional.of(Permission.READ),
            "All services",
            List.of(),
            false,
            this::list),
        new Route(
            Method.GET,
            "/v1/services/{service}",
            Optional.of(Permission.READ),
            "One service with schema and example",
            List.of(),
            false,
            this::describe),
        new Route(
            Method.POST,
            "/v1/services/{service}",
            Optional.of(Permission.SEND),
            "Send a Service Request",
            List.of(),
            true,
            this::submit),
        new Route(
            Method.GET,
            "/v1/requests",
            Optional.of(Permission.READ),
            "The latest requests",
            List.of("device", "state", "limit"),
            false,
            this::latest),
        new Route(
            Method.GET,
            "/v1/requests/{requestId}",
            Optional.of(Permission.READ),
            "One request; with wait=SECONDS, or as a stream of events",
            List.of("wait"),
            false,
            this::get),
        new Route(
            Method.POST,
            "/v1/requests/{requestId}/approval",
            Optional.of(Permission.APPROVE),
            "Approve or reject a supply-sensitive request of somebody else",
            List.of(),
            true,
            this::approve));
  }

  private void list(Call call) {
    AdapterServer.send(call.response(), Status.OK_200, services.list());
  }

  private void describe(Call call) throws Problem {
    AdapterServer.send(call.response(), services.describe(service(call)));
  }

  private ServiceRequestEntry service(Call call) throws Problem {
    String name = call.path("service");
    return services
        .find(name)
        .orElseThrow(() ->
            Problem.notFound(
                "there is no service " + name + "; GET /v1/services lists all of them"));
  }

  private void submit(Call call)
      throws Problem, ParameterException, IOException, BodyException, InterruptedException {
    ServiceRequestEntry service = service(call);
    requireJson(call);
    Optional<String> key = call.request().headers().first(HeaderNames.create("Idempotency-Key"));
    if (key.filter(text -> text.isBlank() || text.length() > KEY_LENGTH_MAX).isPresent()) {
      throw new ParameterException("Idempotency-Key", "has not 1 to 200 characters");
    }
    boolean firmware = service.serviceReference().startsWith("11.");
    Octets body =
        bodies.of(call, firmware ? AdapterServer.FIRMWARE_BODY_MAX : AdapterServer.BODY_MAX);
    StoredRequest request =
        switch (requests.submit(reading.read(call.client(), service, body, key))) {
          case Submission.Accepted(StoredRequest accepted) -> accepted;
          case Submission.Repeated(StoredRequest repeated) -> repeated;
          case Submission.KeyUsedBefore() ->
              throw Problem.of(
                  Status.CONFLICT_409,
                  "idempotency-key",
                  "The key names another request",
                  "the Idempotency-Key was used for something else before",
                  "Use a new key for each new request.");
        };
    answer(call.response(), requests.await(request.id(), wait(call)));
  }

  private static void requireJson(Call call) throws Problem {
    boolean json =
        call.request()
            .headers()
            .contentType()
            .map(type -> type.mediaType().text().equals("application/json"))
            .orElse(true);
    if (!json) {
      throw Problem.of(
          Status.UNSUPPORTED_MEDIA_TYPE_415,
          "media-type",
          "The body is not JSON",
          "the Content-Type must be application/json",
          "Send JSON, with the header Content-Type: application/json.");
    }
  }

  private static Duration wait(Call call) {
    String prefer =
        call.request()
            .headers()
            .first(HeaderNames.create("Prefer"))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    if (prefer.contains("respond-async")) {
      return Duration.ZERO;
    }
    Matcher seconds = WAIT.matcher(prefer);
    return seconds.find() ? bounded(seconds.group(1)) : WAIT_USUAL;
  }

  private static Duration bounded(String seconds) {
    Duration wanted = Duration.ofSeconds(Long.parseLong(seconds));
    return wanted.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wanted;
  }

  private static void answer(ServerResponse response, StoredRequest request) throws Problem {
    String location = "/v1/requests/" + request.id();
    if (request.state() == RequestState.ANSWERED) {
      response.header(HeaderNames.LOCATION, location);
      AdapterServer.send(response, RequestJson.of(request));
    } else if (request.state().ended()) {
      throw Problem.failed(request);
    } else {
      response.header(HeaderNames.LOCATION, location);
      AdapterServer.send(response, Status.ACCEPTED_202, RequestJson.of(request));
    }
  }

  private void latest(Call call) throws ParameterException {
    Optional<RequestState> state = Optional.empty();
    if (call.query("state").isPresent()) {
      state =
          java.util.Arrays.stream(RequestState.values())
              .filter(one -> one.word().equals(call.query("state").get()))
              .findFirst();
      if (state.isEmpty()) {
        throw new ParameterException("state", "is no state of a request");
      }
    }
    int limit = number(call, "limit", 50, LIST_MAX);
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    requests
        .store()
        .latest(call.client().users(), call.query("device"), state, limit)
        .forEach(request -> list.add(RequestJson.of(request)));
    AdapterServer.send(call.response(), Status.OK_200, list);
  }

  static int number(Call call, String name, int usual, int most) throws ParameterException {
    String text = call.query(name).orElse(Integer.toString(usual));
    if (!text.matches("[0-9]{1,6}")) {
      throw new ParameterException(name, "is no whole number from 0 on");
    }
    return Math.min(most, Integer.parseInt(text));
  }

  private StoredRequest own(Call call) throws Problem {
    String id = URLDecoder.decode(call.path("requestId"), StandardCharsets.UTF_8);
    return requests
        .store()
        .find(id)
        .filter(request -> call.client().users().contains(request.user()))
        .orElseThrow(() -> Problem.notFound("this client has no request " + id));
  }

  private void get(Call call)
      throws Problem, ParameterException, IOException, InterruptedException {
    StoredRequest request = own(call);
    if (wantsStream(call)) {
      EventFilter filter =
          new EventFilter(
              EventApi.after(call),
              call.client().users(),
              java.util.Set.of(EventKind.values()),
              Optional.empty(),
              Optional.of(request.id()),
              Optional.empty(),
              Optional.empty());
      streams.write(
          filter,
          () -> requests.store().find(request.id()).map(r -> r.state().ended()).orElse(true),
          call.response());
      return;
    }
    int wait = number(call, "wait", 0, (int) WAIT_MAX.toSeconds());
    AdapterServer.send(
        call.response(), RequestJson.of(requests.await(request.id(), Duration.ofSeconds(wait))));
  }

  static boolean wantsStream(Call call) {
    return call.request()
        .headers()
        .first(HeaderNames.ACCEPT)
        .filter(accept -> accept.contains("text/event-stream"))
        .isPresent();
  }

  private void approve(Call call) throws Problem, ParameterException, IOException, BodyException {
    StoredRequest request = own(call);
    ObjectNode json = JsonReading.object(bodies.of(call, AdapterServer.BODY_MAX));
    JsonNode approve = json.get("approve");
    if (approve == null || !approve.isBoolean()) {
      throw new ParameterException("approve", "is not true or false");
    }
    switch (requests.decide(request.id(), call.client().name(), approve.booleanValue())) {
      case APPROVED, REJECTED ->
          AdapterServer.send(
              call.response(), RequestJson.of(requests.store().find(request.id()).orElseThrow()));
      case SAME_PERSON -> throw Problem.forbidden("who asked for a request cannot approve it too");
      case NOT_WAITING ->
          throw Problem.of(
              Status.CONFLICT_409,
              "not-waiting",
              "The request does not wait for approval",
              "its state is " + request.state().word(),
              "GET /v1/requests?state=awaiting-approval lists those that do.");
    }
  }
}
