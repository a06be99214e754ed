// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.state;

import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.ZclAttribute;

/** The ZigBee attributes of a gas meter (GBCS use case tables). */
public final class GasAttribute {
  public static final ZclAttribute MANUFACTURER_NAME = basic(0x0004);
  public static final ZclAttribute MODEL_IDENTIFIER = basic(0x0005);

  public static final ZclAttribute STANDING_CHARGE = price(0x0301);
  public static final ZclAttribute CONVERSION_FACTOR = price(0x0302);
  public static final ZclAttribute CONVERSION_FACTOR_TRAILING_DIGIT = price(0x0303);
  public static final ZclAttribute CALORIFIC_VALUE = price(0x0304);
  public static final ZclAttribute CALORIFIC_VALUE_TRAILING_DIGIT = price(0x0306);
  public static final ZclAttribute CURRENCY = price(0x0616);
  public static final ZclAttribute PRICE_TRAILING_DIGIT = price(0x0617);

  public static final ZclAttribute CURRENT_SUMMATION = metering(0x0000);
  public static final ZclAttribute SUPPLY_STATUS = metering(0x0014);
  public static final ZclAttribute BATTERY_LIFE_DAYS = metering(0x0205);
  public static final ZclAttribute FIRMWARE_VERSION = metering(0x0206);
  public static final ZclAttribute SITE_ID = metering(0x0307);
  public static final ZclAttribute SUPPLY_TAMPER_STATE = metering(0x0607);
  public static final ZclAttribute SUPPLY_DEPLETION_STATE = metering(0x0608);
  public static final ZclAttribute BILL_TO_DATE = metering(0x0A00);
  public static final ZclAttribute FLOW_THRESHOLD = metering(0x0B10);
  public static final ZclAttribute FLOW_MULTIPLIER = metering(0x0B12);
  public static final ZclAttribute FLOW_DIVISOR = metering(0x0B13);
  public static final ZclAttribute FLOW_STABILISATION = metering(0x0B14);
  public static final ZclAttribute FLOW_MEASUREMENT = metering(0x0B15);

  public static final ZclAttribute PAYMENT_CONFIGURATION = prepayment(0x0000);
  public static final ZclAttribute CREDIT_REMAINING = prepayment(0x0001);
  public static final ZclAttribute EMERGENCY_CREDIT_REMAINING = prepayment(0x0002);
  public static final ZclAttribute ACCUMULATED_DEBT = prepayment(0x0005);
  public static final ZclAttribute DEBT_CAP = prepayment(0x0006);
  public static final ZclAttribute EMERGENCY_CREDIT_LIMIT = prepayment(0x0010);
  public static final ZclAttribute EMERGENCY_CREDIT_THRESHOLD = prepayment(0x0011);
  public static final ZclAttribute MAX_CREDIT_LIMIT = prepayment(0x0021);
  public static final ZclAttribute MAX_CREDIT_PER_TOP_UP = prepayment(0x0022);
  public static final ZclAttribute LOW_CREDIT_WARNING = prepayment(0x0031);
  public static final ZclAttribute CUT_OFF_VALUE = prepayment(0x0040);
  public static final ZclAttribute PAYMENT_DEBT = prepayment(0x0231);
  public static final ZclAttribute PAYMENT_DEBT_PERCENTAGE = prepayment(0x0239);

  private static final int TIERS = 4;
  private static final int NEXT_DEBT = 0x10;

  private GasAttribute() {}

  /** What a price tier has counted, 1 to 4. */
  public static ZclAttribute tierSummation(int tier) {
    return metering(0x0100 + 2 * (tier - 1));
  }

  /** What a block has counted, 1 to 4. */
  public static ZclAttribute blockSummation(int block) {
    return metering(0x0700 + block - 1);
  }

  /** The threshold above a block, 1 to 3. */
  public static ZclAttribute blockThreshold(int block) {
    return price(0x0100 + block - 1);
  }

  /** The price of a block, 1 to 4. */
  public static ZclAttribute blockPrice(int block) {
    return price(0x0400 + block - 1);
  }

  /** The price of a tier, 1 to 4. */
  public static ZclAttribute tierPrice(int tier) {
    return price(0x0400 + 0x10 * tier);
  }

  /** A time-based debt, 1 or 2. */
  public static ZclAttribute timeDebt(int debt) {
    return prepayment(0x0211 + NEXT_DEBT * (debt - 1));
  }

  /** How often a time-based debt is recovered, 1 or 2. */
  public static ZclAttribute debtFrequency(int debt) {
    return prepayment(0x0216 + NEXT_DEBT * (debt - 1));
  }

  /** How much of a time-based debt is recovered each time, 1 or 2. */
  public static ZclAttribute debtAmount(int debt) {
    return prepayment(0x0217 + NEXT_DEBT * (debt - 1));
  }

  /** Price tiers, and blocks, of a gas meter (SMETS2 4.6.5). */
  public static int tiers() {
    return TIERS;
  }

  private static ZclAttribute basic(int id) {
    return new ZclAttribute(Cluster.BASIC, id);
  }

  private static ZclAttribute price(int id) {
    return new ZclAttribute(Cluster.PRICE, id);
  }

  private static ZclAttribute metering(int id) {
    return new ZclAttribute(Cluster.METERING, id);
  }

  private static ZclAttribute prepayment(int id) {
    return new ZclAttribute(Cluster.PREPAYMENT, id);
  }
}
