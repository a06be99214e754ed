// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import java.util.Locale;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A length in the BER manner: one octet up to 127, {@code 81 xx} up to 255, {@code 82 xxxx} up to
 * 65535, {@code 83 xxxxxx} beyond, always in the shortest form. No reference message needs the last
 * form; the profile log of 13 months does, whose 19,056 entries have 152,448 octets.
 */
public final class BerLength {
  /** The longest length that three octets can say. */
  public static final int MAX = 0xFF_FFFF;

  private BerLength() {}

  /** Reads a length that must be in its shortest form and no more than what remains. */
  public static int read(OctetReader reader) throws DecodeException {
    int length = readCount(reader);
    if (length > reader.remaining()) {
      throw reader.fault(
          Fault.TRUNCATED,
          String.format(
              Locale.ROOT,
              "a length of %d is announced, %d octets remain",
              length,
              reader.remaining()));
    }
    return length;
  }

  /** Reads a count in the same form, which may exceed the number of octets that remain. */
  public static int readCount(OctetReader reader) throws DecodeException {
    int first = reader.u8();
    if (first <= 0x7F) {
      return first;
    }
    int value =
        switch (first) {
          case 0x81 -> reader.u8();
          case 0x82 -> reader.u16();
          case 0x83 -> (reader.u8() << 16) | reader.u16();
          default ->
              throw reader.fault(
                  Fault.BAD_LENGTH, String.format(Locale.ROOT, "length form %02X", first));
        };
    if (value <= longestOfShorterForm(first)) {
      throw reader.fault(Fault.BAD_LENGTH, value + " is not in its shortest form");
    }
    return value;
  }

  private static int longestOfShorterForm(int form) {
    return switch (form) {
      case 0x81 -> 0x7F;
      case 0x82 -> 0xFF;
      default -> 0xFFFF;
    };
  }

  /** Writes the shortest form. */
  public static void write(OctetWriter writer, int length) {
    if (length <= 0x7F) {
      writer.u8(length);
    } else if (length <= 0xFF) {
      writer.u8(0x81).u8(length);
    } else if (length <= 0xFFFF) {
      writer.u8(0x82).u16(length);
    } else if (length <= MAX) {
      writer.u8(0x83).u8(length >>> 16).u16(length & 0xFFFF);
    } else {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "a length is at most %d", MAX));
    }
  }
}
