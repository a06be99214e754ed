// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meterbox.smki.desk.Refusal;

/**
 * The file in a form that sends just one (RFC 7578), read as it comes. Reading past its end checks
 * that the form ends there; a form that breaks off is no shorter file.
 */
public final class FormFile extends InputStream {
  private static final int HEADER_OCTETS_MAX = 4096;

  /** RFC 2046 section 5.1.1: 1 to 70 of these characters. */
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/form-data;.*\\bboundary=\"?([0-9A-Za-z'()+_,./:=?-]{1,70})\"?\\s*");

  private final InputStream in;
  private final byte[] delimiter;

  /** How much of the delimiter was read without knowing yet whether it is one. */
  private int matched;

  /** What turned out to be content: the first octets of the delimiter, from here to there. */
  private int givenBack;

  private int giveBackEnd;

  /** An octet read after them, or -2 where there is none. */
  private int after = NONE;

  private boolean ended;

  private static final int NONE = -2;

  private FormFile(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads up to where the file begins.
   *
   * @param name the form field that holds it
   */
  public static FormFile open(String contentType, InputStream body, String name)
      throws TurnedAwayException, IOException {
    Matcher type = BOUNDARY.matcher(contentType);
    if (!type.matches()) {
      throw malformed("it is no multipart/form-data");
    }
    BufferedInputStream in = new BufferedInputStream(body);
    if (!line(in).equals("--" + type.group(1))) {
      throw malformed("it does not begin with its boundary");
    }
    boolean right = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      right |=
          header.regionMatches(true, 0, "Content-Disposition:", 0, 20)
              && header.contains("; name=\"" + name + "\"");
    }
    if (!right) {
      throw malformed(String.format(Locale.ROOT, "its first field is not \"%s\"", name));
    }
    return new FormFile(in, type.group(1));
  }

  private static String line(InputStream in) throws TurnedAwayException, IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int last = 0;
    for (int read = in.read(); read >= 0; read = in.read()) {
      if (read == '\n' && last == '\r') {
        byte[] octets = line.toByteArray();
        return new String(octets, 0, octets.length - 1, StandardCharsets.UTF_8);
      }
      if (line.size() == HEADER_OCTETS_MAX) {
        throw malformed("one of its headers is too long");
      }
      line.write(read);
      last = read;
    }
    throw malformed("it breaks off");
  }

  private static TurnedAwayException malformed(String detail) {
    return new TurnedAwayException(
        Refusal.Kind.MALFORMED, "FORM", "a form with one file is handed in", detail);
  }

  @Override
  public int read() throws IOException {
    if (givenBack < giveBackEnd) {
      return delimiter[givenBack++];
    }
    if (ended) {
      return -1;
    }
    while (true) {
      int next = after == NONE ? in.read() : after;
      after = NONE;
      if (next < 0) {
        throw new BrokenFormException("the form breaks off");
      }
      if (next == delimiter[matched]) {
        matched++;
        if (matched == delimiter.length) {
          ended = true;
          requireEnd();
          return -1;
        }
      } else if (matched == 0) {
        return next;
      } else {
        // Only the delimiter's first octet is CR, so none of these but the next can begin another.
        giveBackEnd = matched;
        givenBack = 1;
        matched = 0;
        after = next;
        return delimiter[0];
      }
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int next = read();
      if (next < 0) {
        return count == 0 ? -1 : count;
      }
      buffer[offset + count++] = (byte) next;
    }
    return count;
  }

  /** After the file comes the form's end; another field has no meaning here. */
  private void requireEnd() throws IOException {
    int first = in.read();
    int second = in.read();
    if (first != '-' || second != '-') {
      throw new BrokenFormException("the form has more than one field");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
