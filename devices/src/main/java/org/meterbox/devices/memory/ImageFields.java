// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * Fields that several parts of a memory image share. Constants stand by their names, so that an
 * image outlives a change in their order.
 */
public final class ImageFields {
  private ImageFields() {}

  /** Writes the name of a constant. */
  public static void writeConstant(Enum<?> constant, OctetWriter image) {
    byte[] name = constant.name().getBytes(StandardCharsets.US_ASCII);
    image.u8(name.length).put(name);
  }

  /** Reads the name of a constant. */
  public static <E extends Enum<E>> E readConstant(Class<E> type, OctetReader image)
      throws DecodeException {
    String name = new String(image.takeArray(image.u8()), StandardCharsets.US_ASCII);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException unknown) {
      throw image.fault(
          Fault.UNEXPECTED_VALUE,
          String.format(Locale.ROOT, "%s is no %s", name, type.getSimpleName()));
    }
  }

  /** Writes the names of several constants. */
  public static void writeConstants(Set<? extends Enum<?>> constants, OctetWriter image) {
    image.u8(constants.size());
    constants.forEach(constant -> writeConstant(constant, image));
  }

  /** Reads the names of several constants. */
  public static <E extends Enum<E>> Set<E> readConstants(Class<E> type, OctetReader image)
      throws DecodeException {
    Set<E> constants = EnumSet.noneOf(type);
    for (int left = image.u8(); left > 0; left--) {
      constants.add(readConstant(type, image));
    }
    return constants;
  }

  /** Writes a time in whole seconds. */
  public static void writeInstant(Instant instant, OctetWriter image) {
    image.u64(instant.getEpochSecond());
  }

  /** Reads a time in whole seconds. */
  public static Instant readInstant(OctetReader image) throws DecodeException {
    long seconds = image.u64();
    if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
      throw image.fault(Fault.UNEXPECTED_VALUE, "no such time");
    }
    return Instant.ofEpochSecond(seconds);
  }

  /** Writes a time that may be missing. */
  public static void writeOptional(Optional<Instant> instant, OctetWriter image) {
    image.u8(instant.isPresent() ? 1 : 0);
    instant.ifPresent(time -> writeInstant(time, image));
  }

  /** Reads a time that may be missing. */
  public static Optional<Instant> readOptional(OctetReader image) throws DecodeException {
    return image.u8() == 1 ? Optional.of(readInstant(image)) : Optional.empty();
  }

  /** Writes a number in as few octets as it needs: seven bits in each, the lowest first. */
  public static void writeNumber(long number, OctetWriter image) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      image.u8((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    image.u8((int) rest);
  }

  /** Reads what {@link #writeNumber} wrote. */
  public static long readNumber(OctetReader image) throws DecodeException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int octet = image.u8();
      number |= (octet & 0x7FL) << shift;
      if (octet < 0x80) {
        return number;
      }
    }
    throw image.fault(Fault.UNEXPECTED_VALUE, "a number of more than ten octets");
  }

  /** Writes a number that may be negative; small ones of either sign are short. */
  public static void writeSigned(long number, OctetWriter image) {
    writeNumber((number << 1) ^ (number >> (Long.SIZE - 1)), image);
  }

  /** Reads what {@link #writeSigned} wrote. */
  public static long readSigned(OctetReader image) throws DecodeException {
    long folded = readNumber(image);
    return (folded >>> 1) ^ -(folded & 1);
  }
}
