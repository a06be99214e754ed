// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

/**
 * A meter point: an MPAN (13 digits, electricity) or an MPRN (1 to 10 digits, gas).
 *
 * @param value the digits
 */
public record Mpxn(String value) {
  /** Refuses anything but 1 to 13 digits. */
  public Mpxn {
    if (value.isEmpty()
        || value.length() > 13
        || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          "an MPxN is 1 to 13 digits: 13 for an MPAN, up to 10 for an MPRN");
    }
  }

  /** Whether this is an electricity meter point. */
  public boolean isMpan() {
    return value.length() == 13;
  }

  @Override
  public String toString() {
    return value;
  }
}
