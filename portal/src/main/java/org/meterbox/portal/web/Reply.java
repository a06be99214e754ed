// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.meterbox.kernel.Octets;

/**
 * An answer.
 *
 * @param headers by their names, without those that every answer bears
 */
public record Reply(int status, Map<String, String> headers, Body body) {
  /** What is answered. */
  public sealed interface Body {
    /** Known as a whole before the first octet leaves. */
    record Whole(Octets octets) implements Body {}

    /** Made while it leaves. */
    record Streamed(Source source) implements Body {}
  }

  /** Writes a long answer piece by piece. */
  @FunctionalInterface
  public interface Source {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Keeps the headers as they are now. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Text in UTF-8. */
  public static Reply text(int status, String contentType, String text) {
    return octets(status, contentType, Octets.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Octets of a certain type. */
  public static Reply octets(int status, String contentType, Octets octets) {
    return new Reply(status, Map.of("Content-Type", contentType), new Body.Whole(octets));
  }

  /** A page. */
  public static Reply page(int status, Html html) {
    return text(status, "text/html; charset=utf-8", html.toString());
  }

  /** A long answer. */
  public static Reply streamed(String contentType, Source source) {
    return new Reply(200, Map.of("Content-Type", contentType), new Body.Streamed(source));
  }

  /** After a form was handled: the browser shows this page next, and reloading it asks nothing. */
  public static Reply seeOther(String path) {
    return new Reply(303, Map.of("Location", path), new Body.Whole(Octets.EMPTY));
  }

  /** The same answer as a file of this name; letters, digits, dots and dashes only. */
  public Reply asFile(String name) {
    if (!name.matches("[A-Za-z0-9.-]{1,128}")) {
      throw new IllegalArgumentException("not fit for a file's name: " + name);
    }
    return with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** The same answer with another header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }
}
