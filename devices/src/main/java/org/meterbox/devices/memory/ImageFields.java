// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
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
}
