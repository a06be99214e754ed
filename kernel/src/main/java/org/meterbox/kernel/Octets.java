// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of octets with value equality. Whatever is signed or MACed travels as {@code
 * Octets}, so that it is verified exactly as it was received. A part taken from a longer run shares
 * its memory, and keeps all of it alive.
 */
public final class Octets {
  /** No octets at all. */
  public static final Octets EMPTY = owning(new byte[0]);

  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  /** Never written after construction, and never handed out. */
  private final byte[] content;

  private final int offset;
  private final int length;

  private Octets(byte[] content, int offset, int length) {
    this.content = content;
    this.offset = offset;
    this.length = length;
  }

  private static Octets owning(byte[] content) {
    return new Octets(content, 0, content.length);
  }

  /** Part of an array that nobody writes to any more. */
  static Octets sharing(byte[] content, int offset, int length) {
    return length == 0 ? EMPTY : new Octets(content, offset, length);
  }

  /** Copies the array, so that later changes to it are not seen here. */
  public static Octets of(byte... content) {
    return content.length == 0 ? EMPTY : owning(content.clone());
  }

  /** Copies {@code length} octets from {@code offset}. */
  public static Octets of(byte[] content, int offset, int length) {
    return length == 0 ? EMPTY : owning(Arrays.copyOfRange(content, offset, offset + length));
  }

  /**
   * Reads hexadecimal text, in either case, with optional white space between octets.
   *
   * @throws IllegalArgumentException where the text is not hexadecimal or has an odd digit
   */
  public static Octets ofHex(String hex) {
    String digits = hex.chars().anyMatch(Character::isWhitespace) ? hex.replaceAll("\\s", "") : hex;
    return owning(HexFormat.of().parseHex(digits));
  }

  /** Number of octets. */
  public int length() {
    return length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The octet at {@code index} as 0 to 255. */
  public int at(int index) {
    return content[offset + Objects.checkIndex(index, length)] & 0xFF;
  }

  /** A copy of the octets. */
  public byte[] toArray() {
    return Arrays.copyOfRange(content, offset, offset + length);
  }

  /** The octets from {@code from} (inclusive) to {@code to} (exclusive), sharing memory. */
  public Octets slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return from == 0 && to == length ? this : sharing(content, offset + from, to - from);
  }

  /** These octets followed by {@code next}. */
  public Octets concat(Octets next) {
    byte[] joined = new byte[length + next.length];
    copyTo(joined, 0);
    next.copyTo(joined, length);
    return owning(joined);
  }

  /** Copies all octets into {@code target} from {@code targetOffset}. */
  public void copyTo(byte[] target, int targetOffset) {
    System.arraycopy(content, offset, target, targetOffset, length);
  }

  /** A reader over these octets; the content is shared, never copied, and never written. */
  public OctetReader reader() {
    return new OctetReader(content, offset, offset + length);
  }

  /** Upper-case hexadecimal, two digits an octet, nothing between. */
  public String hex() {
    return UPPER.formatHex(content, offset, offset + length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets
        && Arrays.equals(
            content,
            offset,
            offset + length,
            octets.content,
            octets.offset,
            octets.offset + octets.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + content[i];
    }
    return hash;
  }

  /** The hexadecimal form; secrets never travel as {@code Octets}. */
  @Override
  public String toString() {
    return hex();
  }
}
