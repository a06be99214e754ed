// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.meterbox.kernel.Octets;

/**
 * A value in A-XDR encoding (DLMS Data). Each kind carries its tag, so that what was decoded
 * encodes to the same octets.
 */
public sealed interface DlmsValue {
  /** No value, or a failed read. */
  record NullData() implements DlmsValue {
    /** The one value. */
    public static final NullData VALUE = new NullData();
  }

  /** Values of one kind. */
  record ArrayOf(List<DlmsValue> elements) implements DlmsValue {
    /** Copies the list. */
    public ArrayOf {
      elements = List.copyOf(elements);
    }
  }

  /** Values in a prescribed order. */
  record Structure(List<DlmsValue> elements) implements DlmsValue {
    /** Copies the list. */
    public Structure {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A truth value.
   *
   * @param octet the octet on the wire: zero for false; GBCS writes FF for true
   */
  record Bool(int octet) implements DlmsValue {
    /** False as GBCS writes it. */
    public static final Bool FALSE = new Bool(0);

    /** True as GBCS writes it. */
    public static final Bool TRUE = new Bool(0xFF);

    /** The truth value as GBCS writes it. */
    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    /** Whether it is true. */
    public boolean value() {
      return octet != 0;
    }
  }

  /**
   * Bits, the first in the most significant place of the first octet.
   *
   * @param bits how many count
   * @param octets the bits in whole octets
   */
  record BitString(int bits, Octets octets) implements DlmsValue {
    /** Refuses a number of octets that does not hold the bits exactly. */
    public BitString {
      if (octets.length() != (bits + 7) / 8) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%d bits do not fit %d octets", bits, octets.length()));
      }
    }
  }

  /** A signed number of 32 bits (double-long). */
  record Int32(int value) implements DlmsValue {}

  /** An unsigned number of 32 bits (double-long-unsigned). */
  record UInt32(long value) implements DlmsValue {
    /** Refuses what does not fit. */
    public UInt32 {
      Ranges.check(value, 0, 0xFFFF_FFFFL);
    }
  }

  /** Octets without further meaning. */
  record OctetString(Octets octets) implements DlmsValue {
    /** From hexadecimal text. */
    public static OctetString ofHex(String hex) {
      return new OctetString(Octets.ofHex(hex));
    }
  }

  /** Characters of ASCII. */
  record VisibleString(Octets octets) implements DlmsValue {}

  /** Characters in UTF-8. */
  record Utf8String(Octets octets) implements DlmsValue {}

  /** A signed number of 8 bits (integer). */
  record Int8(int value) implements DlmsValue {
    /** Refuses what does not fit. */
    public Int8 {
      Ranges.check(value, -128, 127);
    }
  }

  /** A signed number of 16 bits (long). */
  record Int16(int value) implements DlmsValue {
    /** Refuses what does not fit. */
    public Int16 {
      Ranges.check(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
  }

  /** An unsigned number of 8 bits (unsigned). */
  record UInt8(int value) implements DlmsValue {
    /** Refuses what does not fit. */
    public UInt8 {
      Ranges.check(value, 0, 0xFF);
    }
  }

  /** An unsigned number of 16 bits (long-unsigned). */
  record UInt16(int value) implements DlmsValue {
    /** Refuses what does not fit. */
    public UInt16 {
      Ranges.check(value, 0, 0xFFFF);
    }
  }

  /** A signed number of 64 bits (long64). */
  record Int64(long value) implements DlmsValue {}

  /** An unsigned number of 64 bits (long64-unsigned); the sign bit is its most significant bit. */
  record UInt64(long value) implements DlmsValue {}

  /** A named choice. */
  record Enumerated(int value) implements DlmsValue {
    /** Refuses what does not fit an octet. */
    public Enumerated {
      Ranges.check(value, 0, 0xFF);
    }
  }

  /**
   * An array whose elements share one description and are written without tags.
   *
   * @param elementType the type of each element
   * @param elements the elements, all of that type
   */
  record CompactArray(TypeDescription elementType, List<DlmsValue> elements) implements DlmsValue {
    /** Copies the list. */
    public CompactArray {
      elements = List.copyOf(elements);
    }
  }

  /** An array of these elements. */
  static ArrayOf array(DlmsValue... elements) {
    return new ArrayOf(Arrays.asList(elements));
  }

  /** A structure of these elements. */
  static Structure structure(DlmsValue... elements) {
    return new Structure(Arrays.asList(elements));
  }

  /** Bounds of numbers. */
  final class Ranges {
    private Ranges() {}

    static void check(long value, long min, long max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%d lies outside %d to %d", value, min, max));
      }
    }
  }
}
