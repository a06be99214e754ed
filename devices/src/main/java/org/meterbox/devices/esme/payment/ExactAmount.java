// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.math.BigInteger;

/**
 * An amount of money in whole thousandths of a penny and what is left below one, so that however a
 * charge is cut into pieces, the pieces add up to it exactly.
 *
 * @param whole in thousandths of a penny
 * @param rest in units of 10^-12 of a thousandth of a penny, from zero up to below one of these
 */
record ExactAmount(long whole, long rest) {
  /** Units of the rest in a thousandth of a penny. */
  static final BigInteger UNITS = BigInteger.TEN.pow(12);

  /** From pounds to the unit of the rest: 10^5 thousandths of a penny of 10^12 units. */
  private static final int POUND_DIGITS = 17;

  private static final int KILO_DIGITS = 3;

  /**
   * A number of pounds, or euros, times a power of ten, on top of what was left before.
   *
   * @param scale not below -17
   */
  static ExactAmount of(long number, int scale, long restBefore) {
    return split(BigInteger.valueOf(number).multiply(power(POUND_DIGITS + scale)), restBefore);
  }

  /**
   * What energy costs, on top of what was left before.
   *
   * @param price of a kWh, times the power of ten, in pounds
   */
  static ExactAmount ofEnergy(long wattHours, int price, int scale, long restBefore) {
    return split(BigInteger.valueOf(wattHours).multiply(perWattHour(price, scale)), restBefore);
  }

  /** What a Wh costs, in units of the rest. */
  static BigInteger perWattHour(int price, int scale) {
    return BigInteger.valueOf(price).multiply(power(POUND_DIGITS - KILO_DIGITS + scale));
  }

  /** Finer prices than the meter accepts count nothing. */
  private static BigInteger power(int digits) {
    return digits < 0 ? BigInteger.ZERO : BigInteger.TEN.pow(digits);
  }

  /** Rounded down, also where the amount is negative, so that the rest never is. */
  private static ExactAmount split(BigInteger units, long restBefore) {
    BigInteger sum = units.add(BigInteger.valueOf(restBefore));
    BigInteger rest = sum.mod(UNITS);
    return new ExactAmount(
        sum.subtract(rest).divide(UNITS).longValueExact(), rest.longValueExact());
  }
}
