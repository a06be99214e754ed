// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.Locale;

/**
 * The one exception by which a codec refuses malformed input. It says what is wrong, at which octet
 * and in which part of the message, so that a person can find it in a dump.
 */
public final class DecodeException extends Exception {
  /** What kind of fault was found. */
  public enum Fault {
    /** Fewer octets remain than the encoding demands. */
    TRUNCATED,
    /** Octets are left over where the encoding ends. */
    LEFT_OVER,
    /** A length, count or depth exceeds its named limit. */
    LIMIT_EXCEEDED,
    /** A tag or choice that the encoding does not know. */
    UNKNOWN_TAG,
    /** A field with a fixed or restricted content holds something else. */
    UNEXPECTED_VALUE,
    /** A length that is not in the form that the encoding prescribes. */
    BAD_LENGTH
  }

  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final int offset;
  private final String path;
  private final String problem;

  /**
   * Describes one fault.
   *
   * @param offset octets from the start of the outermost input
   * @param path which part of the message, outermost first, separated by dots
   */
  public DecodeException(Fault fault, int offset, String path, String message) {
    super(message);
    this.fault = fault;
    this.offset = offset;
    this.path = path;
    this.problem = message;
  }

  /**
   * The same fault as seen from a longer input, of which the faulty octets are a part.
   *
   * @param part what the octets are in the longer input
   * @param offsetOfPart where they begin there
   */
  public DecodeException within(String part, int offsetOfPart) {
    String inner =
        path.startsWith(OctetReader.OUTERMOST)
            ? path.substring(OctetReader.OUTERMOST.length())
            : "." + path;
    DecodeException seen =
        new DecodeException(
            fault, offsetOfPart + offset, OctetReader.OUTERMOST + "." + part + inner, problem);
    seen.initCause(this);
    return seen;
  }

  /**
   * The same fault in octets that stand nowhere in the outermost input as they are, for example
   * decrypted ones: the offset counts from their own start, and the path says so.
   *
   * @param part what the octets are
   */
  public DecodeException apart(String part) {
    String inner =
        path.startsWith(OctetReader.OUTERMOST)
            ? path.substring(OctetReader.OUTERMOST.length())
            : "." + path;
    DecodeException seen = new DecodeException(fault, offset, part + inner, problem);
    seen.initCause(this);
    return seen;
  }

  /** The kind of fault. */
  public Fault fault() {
    return fault;
  }

  /** Octets from the start of the outermost input to the fault. */
  public int offset() {
    return offset;
  }

  /** The part of the message that was being read, outermost first, separated by dots. */
  public String path() {
    return path;
  }

  @Override
  public String getMessage() {
    return String.format(Locale.ROOT, "%s at octet %d in %s: %s", fault, offset, path, problem);
  }
}
