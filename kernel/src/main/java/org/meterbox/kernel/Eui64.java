// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The 64-bit identifier of a device, an organisation or a central system. Written as eight pairs of
 * hexadecimal digits joined by dashes in DUIS ({@link #dashed}) and as eight octets in GBCS.
 *
 * @param value the identifier as an unsigned number
 */
public record Eui64(long value) implements Comparable<Eui64> {
  /** Length of the binary form. */
  public static final int OCTETS = 8;

  private static final HexFormat DASHED = HexFormat.ofDelimiter("-").withUpperCase();

  /**
   * Reads 16 hexadecimal digits in either case, plain or in pairs joined by dashes.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Eui64 parse(String text) {
    String digits = text;
    if (text.length() == 23) {
      for (int i = 2; i < 23; i += 3) {
        if (text.charAt(i) != '-') {
          throw notAnEui64();
        }
      }
      digits = text.replace("-", "");
    }
    if (digits.length() != 16 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw notAnEui64();
    }
    return new Eui64(HexFormat.fromHexDigitsToLong(digits));
  }

  /** Reads the eight octets of the binary form. */
  public static Eui64 read(OctetReader reader) throws DecodeException {
    return new Eui64(reader.u64());
  }

  /** Writes the eight octets of the binary form. */
  public void write(OctetWriter writer) {
    writer.u64(value);
  }

  /** The eight octets of the binary form. */
  public Octets octets() {
    return new OctetWriter(OCTETS).u64(value).toOctets();
  }

  /** Eight pairs of upper-case hexadecimal digits joined by dashes, as DUIS writes it. */
  public String dashed() {
    return DASHED.formatHex(octets().toArray());
  }

  /** Sixteen upper-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().toHexDigits(value).toUpperCase(Locale.ROOT);
  }

  @Override
  public int compareTo(Eui64 other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return dashed();
  }

  private static IllegalArgumentException notAnEui64() {
    return new IllegalArgumentException(
        "an EUI-64 is eight pairs of hexadecimal digits, for example 90-B3-D5-1F-30-01-00-00");
  }
}
