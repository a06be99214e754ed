// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.homecontrol;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.display.MeterDisplay;
import org.meterbox.devices.esme.local.LocalActions;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.premises.Premises;
import org.meterbox.http.BodyReader;
import org.meterbox.http.BodyReader.Body;
import org.meterbox.http.BodyReader.BodyException;
import org.meterbox.http.ConnectionGuard;
import org.meterbox.http.ConnectionLimits;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.ListenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The home's HTTP API, on the loopback interface only. Whoever uses it shows the token that stands
 * in a file of the system's own account ({@link HomeControlAccess}); everything that is done is
 * logged.
 *
 * <pre>
 * GET  /v1/meters         every meter of the home with what it shows
 * GET  /v1/meters/EUI     what one shows
 * POST /v1/meters/EUI     {"action": "load", "value": 3000}: does something to it
 * POST /v1/clock          {"seconds": 604800}: lets the home's time jump ahead
 * </pre>
 */
public final class HomeControlServer implements AutoCloseable {
  /** The longest request: an action has a few words. */
  static final int BODY_OCTETS_MAX = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(HomeControlServer.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LOOPBACK = "127.0.0.1";
  private static final int CONNECTIONS_MAX = 64;
  private static final ConnectionLimits CONNECTIONS =
      ConnectionLimits.of(CONNECTIONS_MAX, CONNECTIONS_MAX);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final Premises premises;
  private final HomeClock clock;
  private final Path accessFile;
  private final ConnectionGuard guard = ConnectionGuard.start();
  private final BodyReader bodies = new BodyReader(CONNECTIONS_MAX * BODY_OCTETS_MAX);
  private final WebServer server;
  private final HomeControlAccess access;

  private HomeControlServer(
      Premises premises, HomeClock clock, Path accessFile, SecureRandom random) throws IOException {
    this.premises = premises;
    this.clock = clock;
    this.accessFile = accessFile;
    this.server =
        WebServer.builder()
            .host(LOOPBACK)
            .port(0)
            .shutdownHook(false)
            .shutdownGracePeriod(CLOSE_WAIT)
            .update(listener -> guard.protect(listener, CONNECTIONS))
            .maxPayloadSize(BODY_OCTETS_MAX)
            .routing(
                HttpRouting.builder()
                    .get("/v1/meters", authorised(this::list))
                    .get("/v1/meters/{meter}", authorised(this::show))
                    .post("/v1/meters/{meter}", authorised(this::doAction))
                    .post("/v1/clock", authorised(this::advance)))
            .build()
            .start();
    if (!server.isRunning()) {
      guard.close();
      throw ListenException.diagnose(
          List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }
    this.access =
        HomeControlAccess.fresh(URI.create("http://" + LOOPBACK + ":" + server.port()), random);
    access.write(accessFile);
  }

  /**
   * Begins to listen, and says where and with which token in a file.
   *
   * @throws IOException where the file cannot be written
   * @throws ListenException where it cannot listen
   */
  public static HomeControlServer open(
      Premises premises, HomeClock clock, Path accessFile, SecureRandom random) throws IOException {
    return new HomeControlServer(premises, clock, accessFile, random);
  }

  /** Ends; nobody is to look for it any more. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(accessFile);
    server.stop();
    guard.close();
  }

  /** Why a request is not carried out. */
  private static final class NotDone extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Status status;

    NotDone(Status status, String message) {
      super(message);
      this.status = status;
    }
  }

  /** Answers a request of whoever may ask. */
  @FunctionalInterface
  private interface Operation {
    JsonNode answer(ServerRequest request) throws NotDone, MemoryFailureException;
  }

  private Handler authorised(Operation operation) {
    return (request, response) -> {
      Optional<String> shown = request.headers().first(HeaderNames.AUTHORIZATION);
      if (shown.filter(access::isShownBy).isEmpty()) {
        refuse(
            response,
            Status.UNAUTHORIZED_401,
            "show the token of home-control.properties: Authorization: Bearer TOKEN");
        return;
      }
      try {
        send(response, Status.OK_200, operation.answer(request));
      } catch (NotDone e) {
        refuse(response, e.status, String.valueOf(e.getMessage()));
      } catch (MemoryFailureException e) {
        LOG.warn("the home: {}", e.getMessage());
        refuse(
            response,
            Status.SERVICE_UNAVAILABLE_503,
            "the meter's memory failed, so that it may not have been done: look, and do it again");
      }
    };
  }

  private JsonNode list(ServerRequest request) throws MemoryFailureException {
    ArrayNode meters = JSON.createArrayNode();
    for (Eui64 meter : premises.electricityMeters()) {
      premises.display(meter).ifPresent(display -> meters.add(DisplayJson.of(meter, display)));
    }
    return meters;
  }

  private JsonNode show(ServerRequest request) throws NotDone, MemoryFailureException {
    Eui64 meter = meter(request);
    MeterDisplay display = premises.display(meter).orElseThrow(() -> unknown(meter));
    return DisplayJson.of(meter, display);
  }

  private JsonNode doAction(ServerRequest request) throws NotDone, MemoryFailureException {
    Eui64 meter = meter(request);
    JsonNode wanted = body(request);
    LocalActions.Action action;
    try {
      action = ActionRequest.read(wanted);
    } catch (ActionRequest.Refused e) {
      throw new NotDone(Status.BAD_REQUEST_400, String.valueOf(e.getMessage()));
    }
    LocalActions.Result result = premises.happen(meter, action).orElseThrow(() -> unknown(meter));
    LOG.info(
        "at {}: {}: {}",
        meter,
        wanted.path("action").asString(""),
        result.done() ? "done" : "refused");
    ObjectNode answer = JSON.createObjectNode();
    answer.put("done", result.done()).put("result", result.words());
    premises
        .display(meter)
        .ifPresent(display -> answer.set("display", DisplayJson.of(meter, display)));
    return answer;
  }

  private JsonNode advance(ServerRequest request) throws NotDone, MemoryFailureException {
    JsonNode seconds = body(request).path("seconds");
    if (!seconds.isIntegralNumber()
        || seconds.asLong() <= 0
        || seconds.asLong() > HomeClock.JUMP_MAX.toSeconds()) {
      throw new NotDone(
          Status.BAD_REQUEST_400,
          "seconds must be a whole number from 1 to "
              + HomeClock.JUMP_MAX.toSeconds()
              + ": a home's time does not go back");
    }
    try {
      clock.advance(Duration.ofSeconds(seconds.asLong()));
    } catch (IOException e) {
      LOG.warn("the home's clock cannot be noted: {}", e.getMessage());
      throw new NotDone(
          Status.SERVICE_UNAVAILABLE_503,
          "the new time could not be written down; nothing changed");
    }
    LOG.info("the home's time is {}", clock.instant());
    premises.wake();
    return JSON.createObjectNode().put("done", true).put("result", "it is " + clock.instant());
  }

  private static Eui64 meter(ServerRequest request) throws NotDone {
    String text = request.path().pathParameters().get("meter");
    try {
      return Eui64.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new NotDone(Status.NOT_FOUND_404, String.valueOf(malformed.getMessage()));
    }
  }

  private NotDone unknown(Eui64 meter) {
    return new NotDone(
        Status.NOT_FOUND_404,
        "there is no electricity meter " + meter + " here: GET /v1/meters names them");
  }

  private JsonNode body(ServerRequest request) throws NotDone {
    try (Body body = bodies.read(request, BODY_OCTETS_MAX)) {
      return JSON.readTree(body.octets().toArray());
    } catch (BodyException e) {
      throw new NotDone(e.reason().status(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new NotDone(Status.BAD_REQUEST_400, "the body did not arrive");
    } catch (JacksonException e) {
      throw new NotDone(Status.BAD_REQUEST_400, "the body is not JSON");
    }
  }

  private static void refuse(ServerResponse response, Status status, String reason) {
    // What is left of the body is not read as the next request.
    response.header(HeaderValues.CONNECTION_CLOSE);
    send(response, status, JSON.createObjectNode().put("error", reason));
  }

  private static void send(ServerResponse response, Status status, JsonNode json) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
