// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Reads values as a person writes them in a table: {@code u32:5}, {@code os:0A0B}, {@code true},
 * {@code bits:101}, {@code {a, b}} for a structure and {@code [a, b]} for an array.
 */
public final class ValueNotation {
  private static final int BITS_IN_HEXADECIMAL = 256;

  private final String text;
  private int position;

  private ValueNotation(String text) {
    this.text = text;
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException where the text is not in this notation
   */
  public static DlmsValue parse(String text) {
    ValueNotation notation = new ValueNotation(text.strip());
    DlmsValue value = notation.value();
    if (notation.position != notation.text.length()) {
      throw notation.fault("the end is expected");
    }
    return value;
  }

  private DlmsValue value() {
    if (accept('{')) {
      return new DlmsValue.Structure(elements('}'));
    }
    if (accept('[')) {
      return new DlmsValue.ArrayOf(elements(']'));
    }
    String word = word();
    int colon = word.indexOf(':');
    return colon < 0 ? constant(word) : simple(word.substring(0, colon), word.substring(colon + 1));
  }

  private List<DlmsValue> elements(char end) {
    List<DlmsValue> elements = new ArrayList<>();
    if (accept(end)) {
      return elements;
    }
    do {
      elements.add(value());
    } while (accept(','));
    if (!accept(end)) {
      throw fault("'" + end + "' is expected");
    }
    return elements;
  }

  private DlmsValue constant(String word) {
    return switch (word) {
      case "true" -> DlmsValue.Bool.TRUE;
      case "false" -> DlmsValue.Bool.FALSE;
      case "null" -> DlmsValue.NullData.VALUE;
      default -> throw fault("no value: " + word);
    };
  }

  private DlmsValue simple(String type, String content) {
    return switch (type) {
      case "u8" -> new DlmsValue.UInt8(Integer.parseInt(content));
      case "u16" -> new DlmsValue.UInt16(Integer.parseInt(content));
      case "u32" -> new DlmsValue.UInt32(Long.parseLong(content));
      case "i8" -> new DlmsValue.Int8(Integer.parseInt(content));
      case "i16" -> new DlmsValue.Int16(Integer.parseInt(content));
      case "i32" -> new DlmsValue.Int32(Integer.parseInt(content));
      case "enum" -> new DlmsValue.Enumerated(Integer.parseInt(content));
      case "os" -> new DlmsValue.OctetString(Octets.ofHex(content));
      case "vs" -> new DlmsValue.VisibleString(Octets.ofHex(content));
      case "utf" -> new DlmsValue.Utf8String(Octets.ofHex(content));
      case "bits" -> bits(content);
      case "bits256" -> new DlmsValue.BitString(BITS_IN_HEXADECIMAL, Octets.ofHex(content));
      default -> throw fault("no type of value: " + type);
    };
  }

  private static DlmsValue bits(String digits) {
    OctetWriter octets = new OctetWriter();
    for (int from = 0; from < digits.length(); from += 8) {
      String octet = digits.substring(from, Math.min(from + 8, digits.length()));
      octets.u8(Integer.parseInt(octet + "0".repeat(8 - octet.length()), 2));
    }
    return new DlmsValue.BitString(digits.length(), octets.toOctets());
  }

  private String word() {
    skipBlanks();
    int start = position;
    while (position < text.length() && ",{}[] ".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private boolean accept(char expected) {
    skipBlanks();
    boolean there = position < text.length() && text.charAt(position) == expected;
    position += there ? 1 : 0;
    return there;
  }

  private void skipBlanks() {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
  }

  private IllegalArgumentException fault(String problem) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s at %d of %s", problem, position, text));
  }
}
