// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.people.PeopleRegister;
import org.meterbox.smki.people.Person;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every request comes in: finds out who is asking by the TLS certificate, turns away whom it
 * does not know and what other sites sent, and gives every answer the headers that keep a browser
 * from harm.
 */
public final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  /**
   * No HSTS: it would hold for every port of the host, and on one machine others speak plain HTTP.
   * The referrer stays within the site since a browser that sends none names no origin either.
   */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
              + "script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()");

  private final Function<X509Certificate, Optional<Person>> people;
  private final MeterRegistry meters;
  private final HostNames names;

  /** Knows people by this register, answers to these names, and counts answers. */
  public Door(PeopleRegister people, HostNames names, MeterRegistry meters) {
    this(people::identify, names, meters);
  }

  private Door(
      Function<X509Certificate, Optional<Person>> people, HostNames names, MeterRegistry meters) {
    this.people = people;
    this.names = names;
    this.meters = meters;
  }

  /** Asks nobody who they are: all its routes are for everybody. */
  public static Door forEverybody(HostNames names, MeterRegistry meters) {
    return new Door(_ -> Optional.empty(), names, meters);
  }

  /** Opens these routes, with this face for those it turns away. */
  public void open(HttpRouting.Builder routing, List<Route> routes, Face face) {
    for (Route route : routes) {
      routing.route(
          Method.create(route.verb().name()),
          route.path(),
          (request, response) -> {
            Reply reply = answer(request, route, face);
            count(route, reply);
            send(response, reply);
          });
    }
  }

  private Reply answer(ServerRequest request, Route route, Face face) throws IOException {
    Optional<Person> visitor = Optional.empty();
    try {
      visitor = visitor(request);
      Optional<Refusal> turnedAway = turnAway(request, route, visitor);
      return turnedAway.isPresent()
          ? face.refusal(visitor, turnedAway.get())
          : route.handler().answer(new Visit(request, visitor));
    } catch (TurnedAwayException e) {
      return face.refusal(visitor, e.refusal());
    } catch (BrokenFormException e) {
      return face.refusal(
          visitor,
          new Refusal(
              Refusal.Kind.MALFORMED,
              "FORM",
              "a form with one file is handed in",
              String.valueOf(e.getMessage())));
    } catch (StoreException e) {
      LOG.error("the database refused at {} {}", route.verb(), route.path(), e);
      return face.refusal(visitor, unavailable());
    }
  }

  private Optional<Person> visitor(ServerRequest request) {
    return request.remotePeer().tlsCertificates().map(Door::holder).flatMap(people);
  }

  private static X509Certificate holder(Certificate[] chain) {
    return (X509Certificate) chain[0];
  }

  private Optional<Refusal> turnAway(ServerRequest request, Route route, Optional<Person> visitor) {
    if (!names.has(request.authority())) {
      return Optional.of(
          new Refusal(
              Refusal.Kind.WRONG_HOST,
              "HOST",
              "the request is sent to the portal's own name",
              "the Host header has another name"));
    }
    if (route.verb() == Route.Verb.POST
        && !SameOrigin.allows(
            header(request, HeaderNames.ORIGIN),
            header(request, FETCH_SITE),
            Optional.of(request.authority()),
            header(request, HeaderNames.CONTENT_TYPE).orElse(""))) {
      return Optional.of(
          new Refusal(
              Refusal.Kind.NOT_ALLOWED,
              "SAME_ORIGIN",
              "a form comes from a page of this portal",
              "another site sent it, or a browser that does not say where from"));
    }
    if (!route.forEverybody() && visitor.isEmpty()) {
      boolean presented = request.remotePeer().tlsCertificates().isPresent();
      return Optional.of(
          new Refusal(
              Refusal.Kind.UNKNOWN_PERSON,
              "PERSON",
              "the caller presents a DCCKI user certificate or an IKI credential in force",
              presented
                  ? "the certificate presented is revoked, expired or not a person's"
                  : "no certificate was presented"));
    }
    return Optional.empty();
  }

  private static Refusal unavailable() {
    return new Refusal(
        Refusal.Kind.BUSY,
        "AVAILABLE",
        "the database answers",
        "it does not at the moment; try again in a minute");
  }

  private void count(Route route, Reply reply) {
    meters
        .counter(
            "smki.http.answers",
            "route",
            route.path(),
            "method",
            route.verb().name(),
            "status",
            Integer.toString(reply.status()))
        .increment();
  }

  /** Sends an answer with the headers that every answer has. */
  public void send(ServerResponse response, Reply reply) throws IOException {
    response.status(Status.create(reply.status()));
    HEADERS.forEach((name, value) -> response.header(HeaderValues.create(name, value)));
    if (!reply.headers().containsKey("Cache-Control")) {
      response.header(HeaderValues.create("Cache-Control", "no-store"));
    }
    reply.headers().forEach((name, value) -> response.header(HeaderValues.create(name, value)));
    switch (reply.body()) {
      case Reply.Body.Whole(var octets) -> response.send(octets.toArray());
      case Reply.Body.Streamed(var source) -> {
        try (OutputStream out = response.outputStream()) {
          source.writeTo(out);
        } catch (UncheckedIOException e) {
          throw e.getCause();
        }
      }
    }
  }

  private static Optional<String> header(ServerRequest request, HeaderName name) {
    return request.headers().contains(name)
        ? Optional.of(request.headers().get(name).get())
        : Optional.empty();
  }
}
