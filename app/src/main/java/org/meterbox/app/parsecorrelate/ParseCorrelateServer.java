// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.parsecorrelate;

import io.helidon.common.media.type.MediaType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.http.BodyReader;
import org.meterbox.http.BodyReader.Body;
import org.meterbox.http.BodyReader.BodyException;
import org.meterbox.http.ConnectionGuard;
import org.meterbox.http.ConnectionLimits;
import org.meterbox.kernel.ListenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP service. Questions, and all that is held in memory for them, are bounded: {@link
 * #REQUESTS_MAX} questions at the same time, each of a limited length that is enforced as octets
 * arrive.
 */
public final class ParseCorrelateServer implements AutoCloseable {
  /** TCP connections; whoever asks in bulk is likely to ask from one address. */
  public static final ConnectionLimits CONNECTIONS = ConnectionLimits.of(1_024, 512);

  /**
   * Questions worked on at the same time, counted once they have arrived; a further one waits for
   * {@link #WAIT_MAX}, then 503 is answered. The longest message, made to cost memory, takes about
   * 50 MB while it is read.
   */
  public static final int REQUESTS_MAX = 32;

  /** How long a question waits for a place. */
  public static final Duration WAIT_MAX = Duration.ofSeconds(2);

  /** Octets of questions that are held at the same time, the arriving ones included. */
  public static final int ALL_BODIES_MAX = 256 * 1024 * 1024;

  /** How long closing waits for questions that are being answered. */
  public static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ParseCorrelateServer.class);
  private static final String JSON = "application/json";
  private static final String DESCRIPTION = "openapi.json";
  private static final Set<String> MESSAGE_TYPES = Set.of("application/octet-stream", "text/plain");

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Parsing parsing;
  private final Correlating correlating;
  private final BodyReader bodies = new BodyReader(ALL_BODIES_MAX);
  private final Semaphore places = new Semaphore(REQUESTS_MAX, true);
  private final ConnectionGuard guard = ConnectionGuard.start();
  private final WebServer server;

  private ParseCorrelateServer(
      ParseAndCorrelate parseAndCorrelate, String host, int port, ConnectionLimits connections) {
    this.parsing = new Parsing(parseAndCorrelate);
    this.correlating = new Correlating(parseAndCorrelate);
    HttpRouting.Builder routing = HttpRouting.builder();
    routes().forEach(route -> routing.route(route.method(), route.path(), route.handler()));
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(CLOSE_WAIT)
            .update(listener -> guard.protect(listener, connections))
            .maxPayloadSize(Math.max(Parsing.BODY_MAX, Correlating.BODY_MAX))
            .routing(routing)
            .build()
            .start();
    if (!server.isRunning()) {
      throw ListenException.diagnose(List.of(new InetSocketAddress(host, port)));
    }
  }

  /**
   * Starts to listen.
   *
   * @param host name or address of the interface
   * @param port 0 for any free one
   * @param connections its limits of connections
   * @throws ListenException where it cannot listen there
   */
  public static ParseCorrelateServer open(
      ParseAndCorrelate parseAndCorrelate, String host, int port, ConnectionLimits connections) {
    return new ParseCorrelateServer(parseAndCorrelate, host, port, connections);
  }

  /** One way into the service. */
  record Route(Method method, String path, Handler handler) {}

  /** All ways in, the same as the OpenAPI description names. */
  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(new Route(Method.POST, "/v1/parse", this::parse));
    routes.add(new Route(Method.POST, "/v1/correlate", this::correlate));
    routes.add(new Route(Method.GET, "/openapi.json", ParseCorrelateServer::describe));
    routes.add(new Route(Method.GET, "/health", ParseCorrelateServer::health));
    routes.add(new Route(Method.GET, "/metrics", this::metrics));
    return routes;
  }

  /** The port on which the service listens. */
  public int port() {
    return server.port();
  }

  /** Answers what is under way, then closes. */
  @Override
  public void close() {
    server.stop();
    guard.close();
  }

  private void parse(ServerRequest request, ServerResponse response) {
    answer(
        "parse",
        MESSAGE_TYPES,
        Parsing.BODY_MAX,
        request,
        response,
        body -> parsing.answer(body, request.query().first("service").asOptional()));
  }

  private void correlate(ServerRequest request, ServerResponse response) {
    answer("correlate", Set.of(JSON), Correlating.BODY_MAX, request, response, correlating::answer);
  }

  /** What is done with a question. */
  @FunctionalInterface
  private interface Question {
    Answer answer(byte[] body);
  }

  private void answer(
      String operation,
      Set<String> mediaTypes,
      int bodyMax,
      ServerRequest request,
      ServerResponse response,
      Question question) {
    Timer.Sample started = Timer.start(meters);
    Answer answer = answer(mediaTypes, bodyMax, request, question);
    if (answer.result().equals("too-long") || answer.result().equals("malformed")) {
      // What is left of the body is not read as the next question.
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    started.stop(
        Timer.builder("parse.correlate.requests")
            .description("Time from the first octet of a question to its answer")
            .tag("operation", operation)
            .tag("result", answer.result())
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofSeconds(1))
            .register(meters));
    send(response, answer.status(), JSON, answer.body().toString());
  }

  private Answer answer(
      Set<String> mediaTypes, int bodyMax, ServerRequest request, Question question) {
    Optional<String> type =
        request.headers().contentType().map(HttpMediaType::mediaType).map(MediaType::text);
    if (type.isEmpty() || !mediaTypes.contains(type.get())) {
      return Answer.error(
          Status.UNSUPPORTED_MEDIA_TYPE_415,
          "media-type",
          "the Content-Type must be " + String.join(" or ", mediaTypes.stream().sorted().toList()));
    }
    try (Body body = bodies.read(request, bodyMax)) {
      return work(question, body.octets().toArray());
    } catch (BodyException e) {
      return switch (e.reason()) {
        case TOO_LONG ->
            Answer.error(e.reason().status(), "too-long", String.valueOf(e.getMessage()));
        case NO_ROOM -> busy();
        case MALFORMED -> Answer.malformed(String.valueOf(e.getMessage()));
      };
    } catch (IOException e) {
      return Answer.malformed("the body did not arrive");
    } catch (UncheckedIOException e) {
      LOG.warn("a source of keys cannot be asked: {}", e.getMessage());
      return Answer.error(
          Status.SERVICE_UNAVAILABLE_503, "no-keys", String.valueOf(e.getMessage()));
    }
  }

  private Answer work(Question question, byte[] body) {
    try {
      if (!places.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        return busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return busy();
    }
    try {
      return question.answer(body);
    } finally {
      places.release();
    }
  }

  private static Answer busy() {
    return Answer.error(
        Status.SERVICE_UNAVAILABLE_503,
        "busy",
        "too many questions at the same time; ask again in a few seconds");
  }

  private static void describe(ServerRequest request, ServerResponse response) throws IOException {
    try (InputStream description = ParseCorrelateServer.class.getResourceAsStream(DESCRIPTION)) {
      if (description == null) {
        throw new IllegalStateException(DESCRIPTION + " is missing from this build");
      }
      send(
          response,
          Status.OK_200,
          JSON,
          new String(description.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void health(ServerRequest request, ServerResponse response) {
    send(response, Status.OK_200, JSON, "{\"status\":\"UP\"}");
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    send(response, Status.OK_200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape());
  }

  private static void send(ServerResponse response, Status status, String mediaType, String text) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, mediaType);
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }
}
