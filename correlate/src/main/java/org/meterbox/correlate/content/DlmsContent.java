// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.content;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** Takes typed values out of DLMS data; any other type is unexpected content. */
public final class DlmsContent {
  /** Length of a DLMS date-time. */
  static final int DATE_TIME_OCTETS = 12;

  private DlmsContent() {}

  /** The number, which must lie between two others, both included. */
  public static long within(long number, long min, long max) throws UnexpectedContentException {
    if (number < min || number > max) {
      throw new UnexpectedContentException(
          String.format(Locale.ROOT, "expected a number from %d to %d", min, max));
    }
    return number;
  }

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
          String.format(Locale.ROOT, "a structure of %d parts has %d", parts, elements.size()));
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
          String.format(Locale.ROOT, "an array of %d has %d elements", count, elements.size()));
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
          String.format(Locale.ROOT, "expected %d octets, found %d", length, octets.length()));
    }
    return octets;
  }

  /** The characters of a string of any kind, read as UTF-8. */
  public static String text(DlmsValue value) throws UnexpectedContentException {
    Octets octets =
        switch (value) {
          case DlmsValue.OctetString string -> string.octets();
          case DlmsValue.VisibleString string -> string.octets();
          case DlmsValue.Utf8String string -> string.octets();
          default -> throw unexpected("a string", value);
        };
    return DeviceText.of(octets);
  }

  /** Bits. */
  public static DlmsValue.BitString bits(DlmsValue value) throws UnexpectedContentException {
    if (value instanceof DlmsValue.BitString bits) {
      return bits;
    }
    throw unexpected("a bit string", value);
  }

  /** A whole number after scaling: MMC has whole numbers of this unit, so nothing is rounded. */
  public static String whole(DlmsValue number, DlmsValue scalerAndUnit, int unit)
      throws UnexpectedContentException {
    BigDecimal scaled = scaled(number, scalerAndUnit, unit);
    if (scaled.stripTrailingZeros().scale() > 0) {
      throw new UnexpectedContentException("expected a scaler that leaves whole numbers");
    }
    return scaled.toBigInteger().toString();
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
      throw new UnexpectedContentException(
          String.format(Locale.ROOT, "expected unit %d, found %d", unit, found));
    }
    return BigDecimal.valueOf(integer(number)).scaleByPowerOfTen((int) integer(parts.get(0)));
  }

  private static UnexpectedContentException unexpected(String due, DlmsValue found) {
    return new UnexpectedContentException(
        String.format(Locale.ROOT, "expected %s, found %s", due, found.getClass().getSimpleName()));
  }
}
