// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.register;

import java.math.BigInteger;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;

/**
 * Energy of gas without rounding: a litre brings the calorific value (MJ/m3 with one decimal) times
 * the conversion factor (with five decimals) units, and a kWh is 3.6 MJ.
 */
public final class Energy {
  /** Units of a kWh: 1,000 litres in a m3, 10 and 100,000 of the decimals, 3.6 MJ. */
  public static final long UNITS_PER_KWH = 3_600_000_000L;

  /** Units of a thousandth of a kWh. */
  public static final long UNITS_PER_WATT_HOUR = UNITS_PER_KWH / 1_000;

  private Energy() {}

  /** What a litre brings with these settings. */
  public static long ofLitre(GasSettings settings) {
    return settings.number(GasAttribute.CALORIFIC_VALUE)
        * settings.number(GasAttribute.CONVERSION_FACTOR);
  }

  /** What energy costs, in thousandths of a penny times {@link #UNITS_PER_KWH}. */
  public static BigInteger cost(long energy, long pricePerKwh) {
    return BigInteger.valueOf(energy).multiply(BigInteger.valueOf(pricePerKwh));
  }
}
