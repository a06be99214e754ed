// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.Arrays;
import java.util.Locale;
import org.meterbox.kernel.DecodeException.Fault;

/**
 * Reads octets in order and never past the end. A length is compared with what remains before
 * anything is allocated; nested content is read through {@link #slice}, and {@link #expectEnd}
 * accounts for the last octet. Big endian unless a method says otherwise. Not for use by two
 * threads.
 */
public final class OctetReader {
  /** What the path of every outermost reader begins with. */
  static final String OUTERMOST = "message";

  private final byte[] content;
  private final int start;
  private final int limit;
  private final String path;
  private int position;

  /** Reads an array that nobody writes to any more. */
  OctetReader(byte[] content, int offset, int limit) {
    this(content, offset, offset, limit, OUTERMOST);
  }

  private OctetReader(byte[] content, int start, int offset, int limit, String path) {
    this.content = content;
    this.start = start;
    this.position = offset;
    this.limit = limit;
    this.path = path;
  }

  /** Octets from the start of the outermost input to the next octet. */
  public int position() {
    return position - start;
  }

  /** Octets not yet read. */
  public int remaining() {
    return limit - position;
  }

  /** The part of the message that this reader is bounded to. */
  public String path() {
    return path;
  }

  /** The next octet as 0 to 255, not consumed. */
  public int peek() throws DecodeException {
    require(1);
    return content[position] & 0xFF;
  }

  /** The octet {@code ahead} octets on as 0 to 255, not consumed; 0 is the next one. */
  public int peek(int ahead) throws DecodeException {
    if (ahead < 0 || ahead >= remaining()) {
      throw fault(
          Fault.TRUNCATED,
          String.format(Locale.ROOT, "the octet %d ahead is not among %d", ahead, remaining()));
    }
    return content[position + ahead] & 0xFF;
  }

  /** One octet as 0 to 255. */
  public int u8() throws DecodeException {
    require(1);
    return content[position++] & 0xFF;
  }

  /** Two octets as 0 to 65535. */
  public int u16() throws DecodeException {
    require(2);
    int value = ((content[position] & 0xFF) << 8) | (content[position + 1] & 0xFF);
    position += 2;
    return value;
  }

  /** Two octets, least significant first, as 0 to 65535. */
  public int u16LittleEndian() throws DecodeException {
    return (int) unsignedLittleEndian(2);
  }

  /** Four octets as 0 to 4294967295. */
  public long u32() throws DecodeException {
    require(4);
    return ((long) u16() << 16) | u16();
  }

  /** Eight octets; the sign bit is the most significant bit of an unsigned number. */
  public long u64() throws DecodeException {
    require(8);
    return (u32() << 32) | u32();
  }

  /** One to eight octets, least significant first, as an unsigned number. */
  public long unsignedLittleEndian(int octets) throws DecodeException {
    OctetWriter.checkWidth(octets);
    require(octets);
    long value = 0;
    for (int i = octets - 1; i >= 0; i--) {
      value = (value << 8) | (content[position + i] & 0xFF);
    }
    position += octets;
    return value;
  }

  /** The next {@code length} octets, sharing memory. */
  public Octets take(int length) throws DecodeException {
    require(length);
    Octets taken = Octets.sharing(content, position, length);
    position += length;
    return taken;
  }

  /** The next {@code length} octets as a fresh array. */
  public byte[] takeArray(int length) throws DecodeException {
    require(length);
    byte[] taken = Arrays.copyOfRange(content, position, position + length);
    position += length;
    return taken;
  }

  /** Everything that remains. */
  public Octets takeRemaining() {
    Octets taken = Octets.sharing(content, position, remaining());
    position = limit;
    return taken;
  }

  /** The octets already read from {@code from} (a former {@link #position}) up to here. */
  public Octets readSince(int from) {
    return Octets.sharing(content, start + from, position() - from);
  }

  /** A reader bounded to the next {@code length} octets, which this reader passes over. */
  public OctetReader slice(int length, String part) throws DecodeException {
    require(length);
    OctetReader inner =
        new OctetReader(content, start, position, position + length, path + "." + part);
    position += length;
    return inner;
  }

  /** Consumes one octet that must have this value. */
  public void expect(int value, String what) throws DecodeException {
    int found = u8();
    if (found != value) {
      throw new DecodeException(
          Fault.UNEXPECTED_VALUE,
          position() - 1,
          path,
          String.format(Locale.ROOT, "%s must be %02X, found %02X", what, value, found));
    }
  }

  /** Refuses octets that are left over. */
  public void expectEnd() throws DecodeException {
    if (position != limit) {
      throw new DecodeException(
          Fault.LEFT_OVER, position(), path, remaining() + " octets are left over");
    }
  }

  /** A refusal at the next octet. */
  public DecodeException fault(Fault fault, String message) {
    return new DecodeException(fault, position(), path, message);
  }

  private void require(int octets) throws DecodeException {
    if (octets < 0 || octets > limit - position) {
      throw new DecodeException(
          Fault.TRUNCATED,
          position(),
          path,
          String.format(Locale.ROOT, "%d octets are needed, %d remain", octets, limit - position));
    }
  }
}
