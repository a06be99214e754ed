// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.List;
import org.meterbox.kernel.Octets;

/**
 * A value inside a ZCL payload. Each kind knows its own octets, so that what was decoded encodes to
 * the same octets without the table that named it.
 */
public sealed interface ZclValue {
  /** No octets: the types "no data" and "unknown". */
  record Nothing(ZclType type) implements ZclValue {}

  /**
   * A number without sign: counts, bitmaps, enumerations, identifiers and times.
   *
   * @param value for eight octets the sign bit is the most significant bit of the number
   */
  record Unsigned(ZclType type, long value) implements ZclValue {
    /** Refuses what does not fit the type. */
    public Unsigned {
      requireForm(type, ZclType.Form.UNSIGNED);
      if (type.octets() < 8 && value >>> (8 * type.octets()) != 0) {
        throw doesNotFit(type, value);
      }
    }
  }

  /** A number with sign. */
  record Signed(ZclType type, long value) implements ZclValue {
    /** Refuses what does not fit the type. */
    public Signed {
      requireForm(type, ZclType.Form.SIGNED);
      int unused = 64 - 8 * type.octets();
      if ((value << unused) >> unused != value) {
        throw doesNotFit(type, value);
      }
    }
  }

  /**
   * A date; 255 in any place means that it does not matter.
   *
   * @param year less 1900
   * @param month from 1
   * @param day of the month from 1
   * @param weekday Monday is 1
   */
  record Date(int year, int month, int day, int weekday) implements ZclValue {
    /** What stands for "any". */
    public static final int ANY = 0xFF;

    /** Refuses what does not fit an octet. */
    public Date {
      if (((year | month | day | weekday) & ~0xFF) != 0) {
        throw new IllegalArgumentException("each part of a date is one octet");
      }
    }
  }

  /** Octets of a fixed number, not interpreted: data, floating point, time of day, keys. */
  record Fixed(ZclType type, Octets octets) implements ZclValue {
    /** Refuses another number of octets than the type has. */
    public Fixed {
      requireForm(type, ZclType.Form.OCTETS);
      if (octets.length() != type.octets()) {
        throw doesNotFit(type, octets);
      }
    }
  }

  /** A string of octets or characters with its length before it. */
  record Text(ZclType type, Octets octets) implements ZclValue {
    /** Refuses a length that the type cannot say; the greatest length means "invalid". */
    public Text {
      requireForm(type, ZclType.Form.STRING);
      if (octets.length() >= invalidLength(type)) {
        throw doesNotFit(type, octets);
      }
    }
  }

  /** A string or structure whose length says that there is no valid value. */
  record Invalid(ZclType type) implements ZclValue {
    /** Refuses types whose size does not vary. */
    public Invalid {
      switch (type.form()) {
        case STRING, STRUCTURE -> {}
        case NOTHING, UNSIGNED, SIGNED, DATE, OCTETS, SEQUENCE ->
            throw new IllegalArgumentException(type + " has no length");
      }
    }
  }

  /** An array, set or bag whose count says that there is no valid value. */
  record InvalidSequence(ZclType type, ZclType elementType) implements ZclValue {
    /** Refuses other types. */
    public InvalidSequence {
      requireForm(type, ZclType.Form.SEQUENCE);
    }
  }

  /** An array, set or bag. */
  record Sequence(ZclType type, ZclType elementType, List<ZclValue> elements) implements ZclValue {
    /** Copies the list. */
    public Sequence {
      requireForm(type, ZclType.Form.SEQUENCE);
      elements = List.copyOf(elements);
    }
  }

  /** Values of different types. */
  record Structure(List<TypedValue> elements) implements ZclValue {
    /** Copies the list. */
    public Structure {
      elements = List.copyOf(elements);
    }
  }

  /** The rows of a repeated part of a command, in order. */
  record Rows(List<ZclFields> rows) implements ZclValue {
    /** Copies the list. */
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** Octets to the end that the table does not describe. */
  record Rest(Octets octets) implements ZclValue {}

  /** A value of a type that ZCL does not know, with everything that follows it. */
  record OfUnknownType(int typeCode, Octets octets) implements ZclValue {}

  /**
   * Whether the octets say that there is no value: all bits set in a number without sign, the least
   * number of a type with sign, all bits set in a length, a count or a time, a floating point
   * number that is none (ZCL table 2.6.2, column "Invalid Number"). Bitmaps, data, keys and dates,
   * whose parts stand for "any", always are values.
   */
  default boolean isNonValue() {
    return switch (this) {
      case Unsigned(ZclType type, long value) -> type.hasNonValue() && value == allBits(type);
      case Signed(ZclType type, long value) -> value == -1L << (8 * type.octets() - 1);
      case Fixed(ZclType type, Octets octets) -> type.hasNonValue() && isNoNumber(type, octets);
      case Invalid ignored -> true;
      case InvalidSequence ignored -> true;
      case Nothing ignored -> false;
      case Date ignored -> false;
      case Text ignored -> false;
      case Sequence ignored -> false;
      case Structure ignored -> false;
      case Rows ignored -> false;
      case Rest ignored -> false;
      case OfUnknownType ignored -> false;
    };
  }

  private static long allBits(ZclType type) {
    return -1L >>> (64 - 8 * type.octets());
  }

  /** A time of day of all bits set, or a floating point number with the exponent of "no number". */
  private static boolean isNoNumber(ZclType type, Octets octets) {
    long bits = 0;
    for (int i = octets.length() - 1; i >= 0; i--) {
      bits = (bits << 8) | octets.at(i);
    }
    if (type == ZclType.SEMI_PRECISION) {
      return Float.isNaN(Float.float16ToFloat((short) bits));
    }
    if (type == ZclType.SINGLE_PRECISION) {
      return Float.isNaN(Float.intBitsToFloat((int) bits));
    }
    if (type == ZclType.DOUBLE_PRECISION) {
      return Double.isNaN(Double.longBitsToDouble(bits));
    }
    return bits == allBits(type);
  }

  /** The length or count that marks a value as invalid: all bits set. */
  static int invalidLength(ZclType type) {
    return type.octets() == 1 ? 0xFF : 0xFFFF;
  }

  private static void requireForm(ZclType type, ZclType.Form form) {
    if (type.form() != form) {
      throw new IllegalArgumentException(type + " is not of the form " + form);
    }
  }

  private static IllegalArgumentException doesNotFit(ZclType type, Object value) {
    return new IllegalArgumentException(value + " does not fit " + type);
  }
}
