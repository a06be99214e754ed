// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.Arrays;
import java.util.Locale;

/**
 * Writes octets in order, big endian unless a method says otherwise. Arguments that do not fit
 * their field are refused, never cut. Not for use by two threads.
 */
public final class OctetWriter {
  private byte[] content;
  private int length;

  /** A writer that starts with room for 256 octets and grows. */
  public OctetWriter() {
    this(256);
  }

  /** A writer that starts with room for {@code expectedOctets}. */
  public OctetWriter(int expectedOctets) {
    content = new byte[Math.max(16, expectedOctets)];
  }

  /** Octets written so far. */
  public int length() {
    return length;
  }

  /** One octet, 0 to 255. */
  public OctetWriter u8(int value) {
    checkRange(value, 0xFF);
    reserve(1);
    content[length++] = (byte) value;
    return this;
  }

  /** Two octets, 0 to 65535. */
  public OctetWriter u16(int value) {
    checkRange(value, 0xFFFF);
    reserve(2);
    content[length++] = (byte) (value >>> 8);
    content[length++] = (byte) value;
    return this;
  }

  /** Two octets, least significant first, 0 to 65535. */
  public OctetWriter u16LittleEndian(int value) {
    return unsignedLittleEndian(value, 2);
  }

  /** Four octets, 0 to 4294967295. */
  public OctetWriter u32(long value) {
    checkRange(value, 0xFFFF_FFFFL);
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      content[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Eight octets of an unsigned number. */
  public OctetWriter u64(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      content[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** One to eight octets, least significant first, of an unsigned number. */
  public OctetWriter unsignedLittleEndian(long value, int octets) {
    checkWidth(octets);
    if (octets < 8) {
      checkRange(value, (1L << (8 * octets)) - 1);
    }
    reserve(octets);
    for (int i = 0; i < octets; i++) {
      content[length++] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  /** All octets of {@code octets}. */
  public OctetWriter put(Octets octets) {
    reserve(octets.length());
    octets.copyTo(content, length);
    length += octets.length();
    return this;
  }

  /** All octets of {@code octets}. */
  public OctetWriter put(byte[] octets) {
    reserve(octets.length);
    System.arraycopy(octets, 0, content, length, octets.length);
    length += octets.length;
    return this;
  }

  /** What was written, as an immutable value. */
  public Octets toOctets() {
    return Octets.of(content, 0, length);
  }

  /** What was written, as a fresh array. */
  public byte[] toArray() {
    return Arrays.copyOf(content, length);
  }

  private void reserve(int octets) {
    if (content.length - length < octets) {
      content = Arrays.copyOf(content, Math.max(content.length * 2, length + octets));
    }
  }

  static void checkWidth(int octets) {
    if (octets < 1 || octets > 8) {
      throw new IllegalArgumentException("a number has 1 to 8 octets, not " + octets);
    }
  }

  private static void checkRange(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d does not fit into 0 to %d", value, max));
    }
  }
}
