// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.gateway;

import io.helidon.common.media.type.MediaType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.gateway.BodyReader.Body;
import org.meterbox.dsp.gateway.BodyReader.BodyException;
import org.meterbox.dsp.intake.Intake;
import org.meterbox.dsp.intake.Reply;
import org.meterbox.kernel.Eui64;
import org.meterbox.smki.dccki.TlsIdentity;
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

  private final Intake intake;
  private final BodyReader bodies;
  private final boolean mutualTls;
  private final Map<WebService, Timer> times = new EnumMap<>(WebService.class);

  /**
   * An endpoint.
   *
   * @param mutualTls whether the connection says who is there
   */
  ServiceEndpoint(Intake intake, BodyReader bodies, boolean mutualTls, MeterRegistry meters) {
    this.intake = intake;
    this.bodies = bodies;
    this.mutualTls = mutualTls;
    for (WebService service : WebService.values()) {
      times.put(
          service,
          Timer.builder("dsp.gateway.requests")
              .description("Time from the last octet of a request to its answer")
              .tag("service", service.name())
              .tag("tls", Boolean.toString(mutualTls))
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
    Optional<Eui64> connection = mutualTls ? identity(request) : Optional.empty();
    if (mutualTls && connection.isEmpty()) {
      plain(response, Status.FORBIDDEN_403, "the TLS certificate names no organisation");
      return;
    }
    try (InputStream input = request.content().inputStream();
        Body body = bodies.read(input)) {
      Timer.Sample started = Timer.start();
      reply(response, intake.receive(service, body.octets(), connection));
      started.stop(time);
    } catch (BodyException e) {
      Status status =
          e.tooLong() ? Status.REQUEST_ENTITY_TOO_LARGE_413 : Status.SERVICE_UNAVAILABLE_503;
      plain(response, status, String.valueOf(e.getMessage()));
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
    }
  }

  private static void plain(ServerResponse response, Status status, String text) {
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

  private static Optional<Eui64> identity(ServerRequest request) {
    return request
        .remotePeer()
        .tlsCertificates()
        .flatMap(chain -> Arrays.stream(chain).findFirst())
        .filter(X509Certificate.class::isInstance)
        .map((Certificate certificate) -> (X509Certificate) certificate)
        .flatMap(TlsIdentity::of);
  }
}
