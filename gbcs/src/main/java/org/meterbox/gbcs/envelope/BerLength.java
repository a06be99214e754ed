// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.envelope;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * A length in the BER manner: one octet up to 127, {@code 81 xx} up to 255, {@code 82 xxxx} up to
 * 65535, always in the shortest form.
 */
public final class BerLength {
  /** The longest length that two octets can say. */
  public static final int MAX = 0xFFFF;

  private BerLength() {}

  /** Reads a length that must be in its shortest form and no more than what remains. */
  public static int read(OctetReader reader) throws DecodeException {
    int length = readCount(reader);
    if (length > reader.remaining()) {
      throw reader.fault(
          Fault.TRUNCATED,
          "a length of %d is announced, %d octets remain".formatted(length, reader.remaining()));
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
          default -> throw reader.fault(Fault.BAD_LENGTH, "length form %02X".formatted(first));
        };
    if (value <= (first == 0x81 ? 0x7F : 0xFF)) {
      throw reader.fault(Fault.BAD_LENGTH, value + " is not in its shortest form");
    }
    return value;
  }

  /** Writes the shortest form. */
  public static void write(OctetWriter writer, int length) {
    if (length <= 0x7F) {
      writer.u8(length);
    } else if (length <= 0xFF) {
      writer.u8(0x81).u8(length);
    } else {
      writer.u8(0x82).u16(length);
    }
  }
}
