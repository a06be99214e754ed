// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.tariff;

import java.time.Instant;
import org.meterbox.devices.energy.Timetable;
import org.meterbox.devices.gas.register.Energy;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;

/**
 * The tariff in force: by time of use or by blocks, never both. Prices are those of a kWh in
 * thousandths of a penny.
 *
 * @param timetable which tier holds
 * @param byBlock whether blocks hold at all times: GBCS does not say which tier the calendar names
 *     then
 */
public record GasTariff(GasSettings settings, Timetable timetable, boolean byBlock) {
  /** What the calendar says where prices go by blocks. */
  private static final int BY_BLOCK = 0;

  /** The tariff of a meter. */
  public static GasTariff of(GsmeState gsme) {
    return new GasTariff(
        GasSettings.of(gsme),
        GasCalendars.of(gsme).tariff().timetable(),
        ChargingScheme.of(gsme).byBlock());
  }

  /** The price tier that holds at an instant, 1 to 4; 0 where prices go by blocks. */
  public int tierAt(Instant at) {
    return byBlock
        ? BY_BLOCK
        : timetable
            .selectorAt(at, tier -> tier >= BY_BLOCK && tier <= GasAttribute.tiers())
            .orElse(1);
  }

  /** The block in which energy is counted, 1 to 4. */
  public int blockAt(long blockEnergy) {
    int block = 1;
    while (block < GasAttribute.tiers() && blockEnergy >= threshold(block)) {
      block++;
    }
    return block;
  }

  /**
   * How many litres more a block takes.
   *
   * @param ofLitre what a litre brings, in units of energy
   */
  public long litresLeft(int block, long blockEnergy, long ofLitre) {
    if (block == GasAttribute.tiers() || ofLitre == 0) {
      return Long.MAX_VALUE;
    }
    long left = threshold(block) - blockEnergy;
    return Math.max(1, Math.ceilDiv(left, ofLitre));
  }

  /** A threshold in units of energy: it is written in thousandths of a kWh. */
  private long threshold(int block) {
    long wattHours = settings.number(GasAttribute.blockThreshold(block));
    return wattHours > Long.MAX_VALUE / Energy.UNITS_PER_WATT_HOUR
        ? Long.MAX_VALUE
        : wattHours * Energy.UNITS_PER_WATT_HOUR;
  }

  /** The price of a tier, 1 to 4. */
  public long tierPrice(int tier) {
    return settings.number(GasAttribute.tierPrice(tier));
  }

  /** The price of a block, 1 to 4. */
  public long blockPrice(int block) {
    return settings.number(GasAttribute.blockPrice(block));
  }

  /** The price in force. */
  public long priceAt(Instant at, long blockEnergy) {
    int tier = tierAt(at);
    return tier > 0 ? tierPrice(tier) : blockPrice(blockAt(blockEnergy));
  }

  /** The highest price that may come before the tier changes. */
  public long highestPriceAt(Instant at) {
    int tier = tierAt(at);
    long highest = tier > 0 ? tierPrice(tier) : 0;
    for (int block = 1; tier == BY_BLOCK && block <= GasAttribute.tiers(); block++) {
      highest = Math.max(highest, blockPrice(block));
    }
    return highest;
  }
}
