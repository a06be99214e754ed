// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

/**
 * A meter point: an MPAN (13 digits, electricity) or an MPRN (1 to 10 digits, gas).
 *
 * @param value the digits
 */
public record Mpxn(String value) {
  private static final int MPAN_DIGITS = 13;
  private static final int MPRN_DIGITS_MAX = 10;

  /** Refuses what is neither 13 digits nor 1 to 10 digits. */
  public Mpxn {
    boolean rightLength =
        value.length() == MPAN_DIGITS || (!value.isEmpty() && value.length() <= MPRN_DIGITS_MAX);
    if (!rightLength || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("an MPxN is an MPAN of 13 or an MPRN of 1 to 10 digits");
    }
  }

  /** Whether this is an electricity meter point. */
  public boolean isMpan() {
    return value.length() == MPAN_DIGITS;
  }

  @Override
  public String toString() {
    return value;
  }
}
