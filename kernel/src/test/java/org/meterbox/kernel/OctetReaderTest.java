// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.DecodeException.Fault;

final class OctetReaderTest {
  private static OctetReader reader(String hex) {
    return Octets.ofHex(hex).reader();
  }

  private static void assertFault(Fault fault, int offset, String path, ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            DecodeException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(fault);
              assertThat(refused.offset()).isEqualTo(offset);
              assertThat(refused.path()).isEqualTo(path);
              assertThat(refused).hasMessageContaining("octet " + offset);
            });
  }

  // GBCS is big endian in its headers and DLMS, little endian in ZCL; both with unsigned values.
  @Test
  void readsNumbersOfEachWidthUnsigned() throws DecodeException {
    OctetReader reader = reader("FF FFFE FEFF FFFFFFFD 8000000000000001 010203 FFFFFFFFFFFFFFFF");
    assertThat(reader.u8()).isEqualTo(255);
    assertThat(reader.u16()).isEqualTo(65534);
    assertThat(reader.u16LittleEndian()).isEqualTo(65534);
    assertThat(reader.u32()).isEqualTo(4294967293L);
    assertThat(reader.u64()).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(reader.unsignedLittleEndian(3)).isEqualTo(0x030201);
    assertThat(reader.unsignedLittleEndian(8)).isEqualTo(-1L);
    reader.expectEnd();
  }

  // Whatever width is asked for, one octet too few is a truncation at the place where it began.
  @Test
  void refusesToReadPastTheEndAndStaysWhereItWas() throws DecodeException {
    OctetReader reader = reader("AA 01 02 03");
    reader.u8();
    assertFault(Fault.TRUNCATED, 1, "message", reader::u32);
    assertFault(Fault.TRUNCATED, 1, "message", reader::u64);
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.take(4));
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.takeArray(4));
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.slice(4, "part"));
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.unsignedLittleEndian(4));
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.peek(3));
    assertThat(reader.take(3)).isEqualTo(Octets.ofHex("010203"));
    assertFault(Fault.TRUNCATED, 4, "message", reader::u8);
    assertFault(Fault.TRUNCATED, 4, "message", reader::u16);
    assertFault(Fault.TRUNCATED, 4, "message", reader::peek);
  }

  // A hostile length must be compared, not added to: the sum would wrap round to a small number.
  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 5})
  void refusesAbsurdLengthsBeforeAllocating(int length) throws DecodeException {
    OctetReader reader = reader("00 01 02 03 04");
    reader.u8();
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.take(length));
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.takeArray(length));
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.slice(length, "part"));
    assertFault(Fault.TRUNCATED, 1, "message", () -> reader.peek(length));
  }

  // A number has at most eight octets; a table that asks for more is our own fault.
  @ParameterizedTest
  @ValueSource(ints = {0, 9, -1})
  void refusesNumbersWiderThanALong(int octets) {
    OctetReader reader = reader("00 01 02 03 04 05 06 07 08 09");
    assertThatThrownBy(() -> reader.unsignedLittleEndian(octets))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Nested content can neither be read past its own end nor be left half read unnoticed.
  @Test
  void boundsNestedContentAndKeepsOffsetsOfTheOutermost() throws DecodeException {
    OctetReader outer = reader("00 AABBCC 01");
    outer.u8();
    OctetReader inner = outer.slice(3, "header");
    assertThat(inner.path()).isEqualTo("message.header");
    assertThat(inner.u16()).isEqualTo(0xAABB);
    assertFault(Fault.LEFT_OVER, 3, "message.header", inner::expectEnd);
    assertFault(Fault.TRUNCATED, 3, "message.header", inner::u16);
    assertFault(Fault.TRUNCATED, 3, "message.header.x", () -> inner.slice(1, "x").u16());
    assertThat(outer.u8()).isEqualTo(1);
    outer.expectEnd();
  }

  // Peeking decides between forms; it must not consume.
  @Test
  void peeksWithoutConsuming() throws DecodeException {
    OctetReader reader = reader("81 82");
    assertThat(reader.peek()).isEqualTo(0x81);
    assertThat(reader.peek(1)).isEqualTo(0x82);
    assertThat(reader.position()).isZero();
    assertThat(reader.remaining()).isEqualTo(2);
  }

  // What a signature covers is cut out of the received octets, never encoded anew.
  @Test
  void givesBackTheOctetsReadSinceAPlace() throws DecodeException {
    OctetReader reader = reader("00 0102 03");
    reader.u8();
    int from = reader.position();
    reader.u16();
    assertThat(reader.readSince(from)).isEqualTo(Octets.ofHex("0102"));
    assertThat(reader.takeRemaining()).isEqualTo(Octets.ofHex("03"));
    assertThat(reader.takeRemaining()).isEqualTo(Octets.EMPTY);
  }

  // A fixed octet that differs is shown with what was expected, at its own place.
  @Test
  void refusesAnotherValueThanTheExpected() throws DecodeException {
    OctetReader reader = reader("DF 00");
    reader.expect(0xDF, "general ciphering tag");
    assertFault(Fault.UNEXPECTED_VALUE, 1, "message", () -> reader.expect(0x09, "length"));
  }

  // Offsets count from the start of what was given, even where that is a part of something longer.
  @Test
  void countsOffsetsFromTheStartOfAPart() throws DecodeException {
    OctetReader reader = Octets.ofHex("AA BB 01 02 CC").slice(2, 4).reader();
    assertThat(reader.position()).isZero();
    reader.u8();
    int from = reader.position();
    reader.u8();
    assertThat(reader.readSince(from)).isEqualTo(Octets.ofHex("02"));
    assertFault(Fault.TRUNCATED, 2, "message", reader::u8);
    assertFault(
        Fault.UNEXPECTED_VALUE,
        2,
        "message",
        () -> {
          throw reader.fault(Fault.UNEXPECTED_VALUE, "anything");
        });
  }

  // Who decodes a part of a message shows the fault at its place in the whole message.
  @Test
  void aFaultInAPartIsShownAtItsPlaceInTheWhole() throws DecodeException {
    OctetReader part = reader("01 02").slice(2, "list");
    part.u16();
    assertFault(
        Fault.TRUNCATED,
        42,
        "message.payload.list",
        () -> {
          try {
            part.u8();
          } catch (DecodeException inPart) {
            throw inPart.within("payload", 40);
          }
        });
  }
}
