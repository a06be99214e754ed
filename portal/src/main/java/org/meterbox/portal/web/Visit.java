// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.desk.Refusal;
import org.meterbox.smki.people.Person;

/** One request of somebody. */
public final class Visit {
  /** Longest form or single request accepted, in octets. */
  public static final int BODY_MAX = 64 * 1024;

  private final ServerRequest request;
  private final Optional<Person> visitor;

  Visit(ServerRequest request, Optional<Person> visitor) {
    this.request = request;
    this.visitor = visitor;
  }

  /** Who is asking, on routes that are not for everybody. */
  public Person person() {
    return visitor.orElseThrow(
        () -> new IllegalStateException("a route for everybody asked who is there"));
  }

  /** Who is asking, if known. */
  public Optional<Person> visitor() {
    return visitor;
  }

  /** What stands in the path at the places in braces. */
  public Fields path() {
    return fields(request.path().pathParameters().toMap());
  }

  /** What stands behind the question mark. */
  public Fields query() {
    return fields(request.query().toMap());
  }

  private static Fields fields(Map<String, List<String>> values) {
    return new Fields(new HashMap<>(values));
  }

  /** The URL-encoded form in the body. */
  public Fields form() throws TurnedAwayException, IOException {
    return Fields.ofForm(new String(body().toArray(), StandardCharsets.UTF_8));
  }

  /** The body, at most {@link #BODY_MAX} octets. */
  public Octets body() throws TurnedAwayException, IOException {
    try (InputStream in = stream()) {
      byte[] octets = in.readNBytes(BODY_MAX + 1);
      if (octets.length > BODY_MAX) {
        throw new TurnedAwayException(
            Refusal.Kind.TOO_LARGE,
            "SIZE",
            String.format(Locale.ROOT, "what is sent here has at most %d octets", BODY_MAX),
            "more was sent");
      }
      return Octets.of(octets);
    }
  }

  /** The body as it comes; whoever reads it sets the bound. */
  public InputStream stream() {
    return request.content().inputStream();
  }

  /** The type of the body, parameters included; empty where none is given. */
  public String contentType() {
    return header(HeaderNames.CONTENT_TYPE).orElse("");
  }

  /** The path that was asked for. */
  public String address() {
    return request.path().rawPath();
  }

  private Optional<String> header(HeaderName name) {
    return request.headers().contains(name)
        ? Optional.of(request.headers().get(name).get())
        : Optional.empty();
  }
}
