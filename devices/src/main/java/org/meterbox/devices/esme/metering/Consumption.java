// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

/** Is told of each piece of energy that a meter counts, and at what price. */
@FunctionalInterface
public interface Consumption {
  /**
   * Energy was counted.
   *
   * @param wattHours whole Wh
   * @param price the price of a kWh in force
   * @param scale the power of ten by which the price counts, in pounds or euros
   */
  void counted(long wattHours, int price, int scale);
}
