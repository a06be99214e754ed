// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OctetWriterTest {
  private static final int FIELDS = 200;

  // The largest value of each width fits; the next is refused, never cut.
  @Test
  void refusesWhatDoesNotFit() {
    OctetWriter writer = new OctetWriter();
    writer.u8(0xFF).u16(0xFFFF).u16LittleEndian(0xFFFF).u32(0xFFFF_FFFFL);
    writer.unsignedLittleEndian(0xFFFFFF, 3).u64(-1).unsignedLittleEndian(-1, 8);
    int length = writer.length();
    assertThatThrownBy(() -> writer.u8(0x100)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u8(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u16(0x10000)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u16LittleEndian(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.u32(0x1_0000_0000L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.unsignedLittleEndian(0x1000000, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.unsignedLittleEndian(0, 9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.unsignedLittleEndian(0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(writer.length()).isEqualTo(length);
  }

  // The octets of a field stand in the order that its specification gives.
  @Test
  void writesEachByteOrder() {
    Octets written =
        new OctetWriter()
            .u16(0x0102)
            .u16LittleEndian(0x0102)
            .u32(0x03040506)
            .u64(0x0708090A0B0C0D0EL)
            .unsignedLittleEndian(0x0F1011, 3)
            .put(Octets.ofHex("12"))
            .put(new byte[] {0x13})
            .toOctets();
    assertThat(written.hex())
        .isEqualTo("0102" + "0201" + "03040506" + "0708090A0B0C0D0E" + "11100F" + "1213");
  }

  // What was handed out must not change when more is written.
  @Test
  void handsOutCopies() {
    OctetWriter writer = new OctetWriter().u8(1);
    Octets before = writer.toOctets();
    byte[] array = writer.toArray();
    array[0] = 9;
    writer.u8(2);
    assertThat(before.hex()).isEqualTo("01");
    assertThat(writer.toOctets().hex()).isEqualTo("0102");
  }

  // Any sequence of fields of any width comes back as it was written, across growth of the buffer.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20260101, -7})
  void readsBackWhatItWrote(long seed) throws DecodeException {
    SplittableRandom widths = new SplittableRandom(seed);
    SplittableRandom values = new SplittableRandom(seed + 1);
    OctetWriter writer = new OctetWriter(1);
    for (int i = 0; i < FIELDS; i++) {
      writeField(writer, widths.nextInt(7), values.nextLong());
    }
    OctetReader reader = writer.toOctets().reader();
    widths = new SplittableRandom(seed);
    values = new SplittableRandom(seed + 1);
    for (int i = 0; i < FIELDS; i++) {
      int width = widths.nextInt(7);
      long expected = cut(width, values.nextLong());
      assertThat(readField(reader, width)).as("seed %d, field %d", seed, i).isEqualTo(expected);
    }
    reader.expectEnd();
  }

  private static long cut(int width, long value) {
    return switch (width) {
      case 0 -> value & 0xFF;
      case 1, 2 -> value & 0xFFFF;
      case 3 -> value & 0xFFFF_FFFFL;
      case 4 -> value & 0xFFFFFF;
      case 5 -> value & 0xFF_FFFF_FFFF_FFFFL;
      default -> value;
    };
  }

  private static void writeField(OctetWriter writer, int width, long value) {
    long cut = cut(width, value);
    switch (width) {
      case 0 -> writer.u8((int) cut);
      case 1 -> writer.u16((int) cut);
      case 2 -> writer.u16LittleEndian((int) cut);
      case 3 -> writer.u32(cut);
      case 4 -> writer.unsignedLittleEndian(cut, 3);
      case 5 -> writer.unsignedLittleEndian(cut, 7);
      default -> writer.u64(cut);
    }
  }

  private static long readField(OctetReader reader, int width) throws DecodeException {
    return switch (width) {
      case 0 -> reader.u8();
      case 1 -> reader.u16();
      case 2 -> reader.u16LittleEndian();
      case 3 -> reader.u32();
      case 4 -> reader.unsignedLittleEndian(3);
      case 5 -> reader.unsignedLittleEndian(7);
      default -> reader.u64();
    };
  }
}
