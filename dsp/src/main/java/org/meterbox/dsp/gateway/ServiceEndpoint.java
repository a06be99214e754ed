// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import io.helidon.common.media.type.MediaType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.intake.Intake;
import org.meterbox.dsp.intake.Reply;
import org.meterbox.dsp.limits.DocumentLimits;
import org.meterbox.duis.xml.XmlLimits;
import org.meterbox.http.BodyReader;
import org.meterbox.http.BodyReader.Body;
import org.meterbox.http.BodyReader.BodyException;
import org.meterbox.kernel.Eui64;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three web services on one listener. What is no request gets HTTP 400 with a line of text; a
 * request gets HTTP 200 with a DUIS Response, be it a refusal; overload gets HTTP 503.
 */
final class ServiceEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceEndpoint.class);
  private static final String XML = "application/xml";

  /** The longest body: the longest document that is read at all. */
  static final int BODY_MAX = XmlLimits.DUIS.octets();

  /** Octets of bodies held at the same time by all requests together. */
  static final int ALL_BODIES_MAX = 256 * 1024 * 1024;

  /** After how long whoever was turned away for a limit may usefully try again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final Intake intake;
  private final BodyReader bodies;
  private final Optional<MutualTls> mutualTls;
  private final Map<WebService, Timer> times = new EnumMap<>(WebService.class);

  /**
   * An endpoint.
   *
   * @param mutualTls tells who is there, where the connection says it
   */
  ServiceEndpoint(
      Intake intake, BodyReader bodies, Optional<MutualTls> mutualTls, MeterRegistry meters) {
    this.intake = intake;
    this.bodies = bodies;
    this.mutualTls = mutualTls;
    for (WebService service : WebService.values()) {
      times.put(
          service,
          Timer.builder("dsp.gateway.requests")
              .description("Time from the last octet of a request to its answer")
              .tag("service", service.name())
              .tag("tls", Boolean.toString(mutualTls.isPresent()))
              .register(meters));
    }
  }

  /** Offers the services. */
  void route(HttpRouting.Builder routing) {
    times.forEach((service, time) ->
        routing.post(
            service.path(), (request, response) -> handle(service, time, request, response)));
  }

  private void handle(
      WebService service, Timer time, ServerRequest request, ServerResponse response) {
    if (!isXml(request)) {
      plain(response, Status.UNSUPPORTED_MEDIA_TYPE_415, "post " + XML);
      return;
    }
    Optional<Eui64> connection = mutualTls.flatMap(tls -> tls.identify(request, response));
    if (mutualTls.isPresent() && connection.isEmpty()) {
      return;
    }
    try (Body body = bodies.read(request, DocumentLimits.octetsMax(service))) {
      Timer.Sample started = Timer.start();
      reply(response, intake.receive(service, body.octets(), connection));
      started.stop(time);
    } catch (BodyException e) {
      // What is left of the body is not read as the next request.
      response.header(HeaderValues.CONNECTION_CLOSE);
      plain(response, e.reason().status(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      plain(response, Status.BAD_REQUEST_400, "the body did not arrive");
    } catch (StoreException e) {
      LOG.error("a request could not be stored", e);
      plain(response, Status.SERVICE_UNAVAILABLE_503, "try again later");
    }
  }

  private static void reply(ServerResponse response, Reply reply) {
    switch (reply) {
      case Reply.Answer(var document) -> {
        response.status(Status.OK_200).header(HeaderNames.CONTENT_TYPE, XML);
        response.send(document.toArray());
      }
      case Reply.Unreadable(String reason) -> plain(response, Status.BAD_REQUEST_400, reason);
      case Reply.Busy() -> plain(response, Status.SERVICE_UNAVAILABLE_503, "try again later");
      case Reply.LimitReached(String limit) -> {
        response.header(HeaderNames.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
        plain(response, Status.TOO_MANY_REQUESTS_429, limit);
      }
      case Reply.TooLong(String limit) ->
          plain(response, Status.REQUEST_ENTITY_TOO_LARGE_413, limit);
    }
  }

  static void plain(ServerResponse response, Status status, String text) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isXml(ServerRequest request) {
    return request
        .headers()
        .contentType()
        .map(HttpMediaType::mediaType)
        .map(MediaType::text)
        .map(type -> type.equals(XML) || type.equals("text/xml"))
        .orElse(false);
  }
}
