// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.utrn;

/**
 * The last digit of a token: a Verhoeff digit over the nineteen before it, whose permutations begin
 * in row 4. It shows every single wrong digit and every exchange of two neighbours.
 */
final class CheckDigit {
  private static final int FIRST_ROW = 4;
  private static final int LAST_ROW = 7;

  private static final String[] PERMUTATION = {
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258"
  };

  private static final String[] PRODUCT = {
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210"
  };

  private CheckDigit() {}

  /** The digit that belongs after these. */
  static char of(String digits) {
    int product = product(digits);
    for (char digit = '0'; digit < '9'; digit++) {
      if (multiply(product, LAST_ROW, digit) == 0) {
        return digit;
      }
    }
    return '9';
  }

  /** Whether the last of twenty digits belongs after the others. */
  static boolean holds(String digits) {
    return product(digits) == 0;
  }

  private static int product(String digits) {
    int product = 0;
    for (int i = 0; i < digits.length(); i++) {
      product = multiply(product, (FIRST_ROW + i) % PERMUTATION.length, digits.charAt(i));
    }
    return product;
  }

  private static int multiply(int product, int row, char digit) {
    return PRODUCT[product].charAt(PERMUTATION[row].charAt(digit - '0') - '0') - '0';
  }
}
