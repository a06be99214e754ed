// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.math.BigDecimal;
import java.util.List;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** Takes typed values out of DLMS data; any other type is unexpected content. */
public final class DlmsContent {
  private DlmsContent() {}

  /** The parts of a structure. */
  public static List<DlmsValue> structure(DlmsValue value) throws UnexpectedContentException {
    if (value instanceof DlmsValue.Structure structure) {
      return structure.elements();
    }
    throw unexpected("a structure", value);
  }

  /** The parts of a structure of so many. */
  public static List<DlmsValue> structure(DlmsValue value, int parts)
      throws UnexpectedContentException {
    List<DlmsValue> elements = structure(value);
    if (elements.size() != parts) {
      throw new UnexpectedContentException(
          "a structure of %d parts has %d".formatted(parts, elements.size()));
    }
    return elements;
  }

  /** The elements of an array, compact or not. */
  public static List<DlmsValue> array(DlmsValue value) throws UnexpectedContentException {
    return switch (value) {
      case DlmsValue.ArrayOf array -> array.elements();
      case DlmsValue.CompactArray array -> array.elements();
      default -> throw unexpected("an array", value);
    };
  }

  /** The elements of an array of so many. */
  public static List<DlmsValue> array(DlmsValue value, int count)
      throws UnexpectedContentException {
    List<DlmsValue> elements = array(value);
    if (elements.size() != count) {
      throw new UnexpectedContentException(
          "an array of %d has %d elements".formatted(count, elements.size()));
    }
    return elements;
  }

  /** A whole number of any width but unsigned 64 bits. */
  public static long integer(DlmsValue value) throws UnexpectedContentException {
    return switch (value) {
      case DlmsValue.UInt32 number -> number.value();
      case DlmsValue.Int32 number -> number.value();
      case DlmsValue.UInt16 number -> number.value();
      case DlmsValue.Int16 number -> number.value();
      case DlmsValue.UInt8 number -> number.value();
      case DlmsValue.Int8 number -> number.value();
      case DlmsValue.Int64 number -> number.value();
      default -> throw unexpected("a whole number", value);
    };
  }

  /** A named choice. */
  public static int enumeration(DlmsValue value) throws UnexpectedContentException {
    if (value instanceof DlmsValue.Enumerated choice) {
      return choice.value();
    }
    throw unexpected("an enumeration", value);
  }

  /** A truth value. */
  public static boolean bool(DlmsValue value) throws UnexpectedContentException {
    if (value instanceof DlmsValue.Bool bool) {
      return bool.value();
    }
    throw unexpected("a boolean", value);
  }

  /** Octets. */
  public static Octets octets(DlmsValue value) throws UnexpectedContentException {
    if (value instanceof DlmsValue.OctetString string) {
      return string.octets();
    }
    throw unexpected("an octet string", value);
  }

  /** Octets, so many. */
  public static Octets octets(DlmsValue value, int length) throws UnexpectedContentException {
    Octets octets = octets(value);
    if (octets.length() != length) {
      throw new UnexpectedContentException(
          "%d octets are due, not %d".formatted(length, octets.length()));
    }
    return octets;
  }

  /** Bits. */
  public static DlmsValue.BitString bits(DlmsValue value) throws UnexpectedContentException {
    if (value instanceof DlmsValue.BitString bits) {
      return bits;
    }
    throw unexpected("a bit string", value);
  }

  /**
   * A number with its scaler and unit.
   *
   * @param scalerAndUnit structure of scaler and unit
   * @param unit the one unit that the use case allows (DLMS unit enumeration)
   */
  public static BigDecimal scaled(DlmsValue number, DlmsValue scalerAndUnit, int unit)
      throws UnexpectedContentException {
    List<DlmsValue> parts = structure(scalerAndUnit, 2);
    int found = enumeration(parts.get(1));
    if (found != unit) {
      throw new UnexpectedContentException("unit %d is due, not %d".formatted(unit, found));
    }
    return BigDecimal.valueOf(integer(number)).scaleByPowerOfTen((int) integer(parts.get(0)));
  }

  private static UnexpectedContentException unexpected(String due, DlmsValue found) {
    return new UnexpectedContentException(
        "%s is due, not %s".formatted(due, found.getClass().getSimpleName()));
  }
}
