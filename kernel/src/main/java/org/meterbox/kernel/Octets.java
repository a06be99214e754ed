// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable run of octets with value equality. Whatever is signed or MACed travels as {@code
 * Octets}, so that it is verified exactly as it was received.
 */
public final class Octets {
  /** No octets at all. */
  public static final Octets EMPTY = new Octets(new byte[0]);

  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private final byte[] content;

  private Octets(byte[] content) {
    this.content = content;
  }

  /** Copies the array, so that later changes to it are not seen here. */
  public static Octets of(byte... content) {
    return content.length == 0 ? EMPTY : new Octets(content.clone());
  }

  /** Copies {@code length} octets from {@code offset}. */
  public static Octets of(byte[] content, int offset, int length) {
    return length == 0 ? EMPTY : new Octets(Arrays.copyOfRange(content, offset, offset + length));
  }

  /**
   * Reads hexadecimal text, in either case, with optional white space between octets.
   *
   * @throws IllegalArgumentException where the text is not hexadecimal or has an odd digit
   */
  public static Octets ofHex(String hex) {
    String digits = hex.chars().anyMatch(Character::isWhitespace) ? hex.replaceAll("\\s", "") : hex;
    return new Octets(HexFormat.of().parseHex(digits));
  }

  /** Number of octets. */
  public int length() {
    return content.length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return content.length == 0;
  }

  /** The octet at {@code index} as 0 to 255. */
  public int at(int index) {
    return content[index] & 0xFF;
  }

  /** A copy of the octets. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The octets from {@code from} (inclusive) to {@code to} (exclusive). */
  public Octets slice(int from, int to) {
    return from == 0 && to == content.length
        ? this
        : new Octets(Arrays.copyOfRange(content, from, to));
  }

  /** These octets followed by {@code next}. */
  public Octets concat(Octets next) {
    byte[] joined = Arrays.copyOf(content, content.length + next.content.length);
    System.arraycopy(next.content, 0, joined, content.length, next.content.length);
    return new Octets(joined);
  }

  /** Copies all octets into {@code target} from {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(content, 0, target, offset, content.length);
  }

  /** A reader over these octets; the content is shared, never copied, and never written. */
  public OctetReader reader() {
    return new OctetReader(content, 0, content.length);
  }

  /** Upper-case hexadecimal, two digits an octet, nothing between. */
  public String hex() {
    return UPPER.formatHex(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(content, octets.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** The hexadecimal form; secrets never travel as {@code Octets}. */
  @Override
  public String toString() {
    return hex();
  }
}
