// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

/**
 * The counter that the originator of a message never uses twice: an unsigned 64-bit number.
 *
 * @param value the counter; a set sign bit is the most significant bit of the unsigned number
 */
public record OriginatorCounter(long value) implements Comparable<OriginatorCounter> {
  /**
   * Reads a decimal number without sign or leading zeros.
   *
   * @throws IllegalArgumentException for any other text, or above 18446744073709551615
   */
  public static OriginatorCounter parse(String decimal) {
    boolean digitsOnly = !decimal.isEmpty() && decimal.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digitsOnly
        || decimal.length() > 20
        || (decimal.length() > 1 && decimal.charAt(0) == '0')) {
      throw new IllegalArgumentException(
          "a counter is a decimal number from 0 to 18446744073709551615 without leading zeros");
    }
    return new OriginatorCounter(Long.parseUnsignedLong(decimal));
  }

  /** Whether this counter lies above {@code other}, as protection against replay demands. */
  public boolean exceeds(OriginatorCounter other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(OriginatorCounter other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The decimal form. */
  @Override
  public String toString() {
    return Long.toUnsignedString(value);
  }
}
