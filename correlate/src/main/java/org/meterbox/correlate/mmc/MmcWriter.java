// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.mmc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.meterbox.kernel.Octets;

/**
 * Writes one MMC document forwards as UTF-8: no tree is built, a log of 19,056 entries costs its
 * text only. Every element carries the prefix {@code ra}; there is no white space between elements.
 * Not for use by two threads.
 */
public final class MmcWriter {
  /** The namespace of MMC documents. */
  public static final String NAMESPACE = "http://www.dccinterface.co.uk/ResponseAndAlert";

  /** The schema version that is written. */
  public static final String SCHEMA_VERSION = "5.4";

  private static final int MAX_DEPTH = 32;
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private final String[] open = new String[MAX_DEPTH];
  private byte[] content;
  private int length;
  private int depth;
  private boolean inStartTag;

  /** A writer that starts with room for {@code expectedOctets} and grows. */
  public MmcWriter(int expectedOctets) {
    content = new byte[Math.max(64, expectedOctets)];
  }

  /** Begins the document with its outermost element. */
  public MmcWriter document(String name) {
    ascii("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open(name);
    ascii(" xmlns:ra=\"" + NAMESPACE + "\"");
    return attribute("schemaVersion", SCHEMA_VERSION);
  }

  /** Begins an element. */
  public MmcWriter open(String name) {
    endStartTag();
    if (depth == MAX_DEPTH) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "elements nest at most %d deep", MAX_DEPTH));
    }
    open[depth++] = name;
    ascii("<ra:");
    ascii(name);
    inStartTag = true;
    return this;
  }

  /** Adds an attribute to the element just begun. */
  public MmcWriter attribute(String name, String value) {
    if (!inStartTag) {
      throw new IllegalStateException("an attribute belongs directly behind the element's name");
    }
    reserve(1);
    content[length++] = ' ';
    ascii(name);
    ascii("=\"");
    escaped(value);
    reserve(1);
    content[length++] = '"';
    return this;
  }

  /** Adds an attribute to the element just begun. */
  public MmcWriter attribute(String name, long value) {
    return attribute(name, Long.toString(value));
  }

  /**
   * Writes text into the element just begun.
   *
   * @throws IllegalArgumentException where it holds a character that XML 1.0 cannot hold
   */
  public MmcWriter text(String value) {
    endStartTag();
    escaped(value);
    return this;
  }

  /** Writes a whole number into the element just begun. */
  public MmcWriter text(long value) {
    endStartTag();
    decimal(value);
    return this;
  }

  /** Writes octets as base64 into the element just begun. */
  public MmcWriter base64(Octets octets) {
    endStartTag();
    byte[] encoded = Base64.getEncoder().encode(octets.toArray());
    reserve(encoded.length);
    System.arraycopy(encoded, 0, content, length, encoded.length);
    length += encoded.length;
    return this;
  }

  /** Ends the innermost element. */
  public MmcWriter close() {
    String name = open[--depth];
    if (inStartTag) {
      inStartTag = false;
      ascii("/>");
      return this;
    }
    ascii("</ra:");
    ascii(name);
    reserve(1);
    content[length++] = '>';
    return this;
  }

  /** An element without content. */
  public MmcWriter empty(String name) {
    return open(name).close();
  }

  /** An element with text. */
  public MmcWriter leaf(String name, String value) {
    return open(name).text(value).close();
  }

  /** An element with a whole number. */
  public MmcWriter leaf(String name, long value) {
    return open(name).text(value).close();
  }

  /** An element with xs:boolean. */
  public MmcWriter leaf(String name, boolean value) {
    return leaf(name, value ? "true" : "false");
  }

  /** An element with xs:hexBinary. */
  public MmcWriter hexLeaf(String name, Octets octets) {
    return leaf(name, UPPER.formatHex(octets.toArray()));
  }

  /** An element with the four hexadecimal digits of a 16-bit code. */
  public MmcWriter hexLeaf(String name, int code) {
    return leaf(name, UPPER.toHexDigits((short) code));
  }

  /** Octets written so far. */
  public int length() {
    return length;
  }

  /**
   * A point to which {@link #rewind} returns; valid until the element that is open now is closed.
   */
  public Mark mark() {
    return new Mark(length, depth, inStartTag);
  }

  /** Forgets everything written since the mark. */
  public void rewind(Mark mark) {
    length = mark.length;
    depth = mark.depth;
    inStartTag = mark.inStartTag;
  }

  /**
   * The finished document.
   *
   * @throws IllegalStateException where an element is still open
   */
  public Octets toOctets() {
    if (depth != 0) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "the element %s is still open", open[depth - 1]));
    }
    return Octets.of(content, 0, length);
  }

  /** A point in the document. */
  public static final class Mark {
    private final int length;
    private final int depth;
    private final boolean inStartTag;

    private Mark(int length, int depth, boolean inStartTag) {
      this.length = length;
      this.depth = depth;
      this.inStartTag = inStartTag;
    }
  }

  private void endStartTag() {
    if (inStartTag) {
      inStartTag = false;
      reserve(1);
      content[length++] = '>';
    }
  }

  private void ascii(String text) {
    int count = text.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      content[length++] = (byte) text.charAt(i);
    }
  }

  private void decimal(long value) {
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    reserve(20);
    int end = length + digits(value);
    length = end;
    long rest = value;
    do {
      content[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Whether XML 1.0 can hold a character (XML 1.0, production 2). */
  public static boolean isCharacter(int codePoint) {
    return codePoint >= ' '
        ? (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
            && codePoint != 0xFFFE
            && codePoint != 0xFFFF
        : codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F) {
        plainOrEntity(c);
      } else {
        i += other(text, i);
      }
    }
  }

  private void plainOrEntity(char c) {
    switch (c) {
      case '<' -> ascii("&lt;");
      case '>' -> ascii("&gt;");
      case '&' -> ascii("&amp;");
      case '"' -> ascii("&quot;");
      default -> {
        reserve(1);
        content[length++] = (byte) c;
      }
    }
  }

  /** Writes the character at the index and says how many further code units it took. */
  private int other(String text, int index) {
    char c = text.charAt(index);
    if (c == '\t' || c == '\n' || c == '\r') {
      ascii("&#" + (int) c + ";");
      return 0;
    }
    int codePoint = text.codePointAt(index);
    int units = Character.charCount(codePoint);
    if (!isCharacter(codePoint)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "XML cannot hold the character %04X", codePoint));
    }
    byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, content, length, encoded.length);
    length += encoded.length;
    return units - 1;
  }

  private void reserve(int octets) {
    if (content.length - length < octets) {
      content = Arrays.copyOf(content, Math.max(content.length * 2, length + octets));
    }
  }
}
