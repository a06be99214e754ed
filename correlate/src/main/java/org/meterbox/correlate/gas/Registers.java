// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.gas;

import java.math.BigDecimal;
import java.util.Optional;
import org.meterbox.correlate.content.GbzAnswers;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.Cluster;

/** Gas registers, balances and supply state read at an instant. */
public final class Registers {
  private static final int SUMMATION = 0x0000;
  private static final int SUPPLY_STATUS = 0x0014;
  private static final int TIER_1 = 0x0100;
  private static final int TIER_STRIDE = 2;
  private static final int BATTERY_DAYS = 0x0205;
  private static final int METER_ID = 0x0206;
  private static final int UNIT_OF_MEASURE = 0x0300;
  private static final int BLOCK_1 = 0x0700;
  private static final int BILL_TO_DATE = 0x0A00;
  private static final int CUBIC_METRES = 1;
  private static final int REGISTERS = 4;
  private static final int CREDIT_REMAINING = 0x0001;
  private static final int EMERGENCY_CREDIT = 0x0002;
  private static final int ACCUMULATED_DEBT = 0x0005;
  private static final int DEBT_1 = 0x0211;
  private static final int DEBT_2 = 0x0221;
  private static final int DEBT_3 = 0x0231;
  private static final int PRICE_TRAILING_DIGITS = 0x0617;
  private static final int MILLIPENCE_DIGITS = 5;

  private Registers() {}

  /** The consumption register (GCS13a). */
  public static void consumption(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas").open("ConsumptionRegister");
    Volumes.register(answers, SUMMATION).ifPresent(v -> out.leaf("Value", v));
    Optional<Long> unit = answers.number(Cluster.METERING, UNIT_OF_MEASURE);
    if (unit.isPresent()) {
      if (unit.get() != CUBIC_METRES) {
        throw new UnexpectedContentException("expected cubic metres");
      }
      out.leaf("Unit", "m3");
    }
    out.close().close();
  }

  /** The time-of-use registers (GCS13c). */
  public static void timeOfUse(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("Gas").open("TariffTOURegisterMatrix");
    for (int i = 0; i < REGISTERS; i++) {
      indexed(answers, TIER_1 + TIER_STRIDE * i, "TOURegisterMatrixValue", i + 1, out);
    }
    out.close().close();
  }

  /** The block counters (GCS13b). */
  public static void blockCounters(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    out.open("ImportBlockCounters");
    for (int i = 0; i < REGISTERS; i++) {
      indexed(answers, BLOCK_1 + i, "TariffBlockCounterValue", i + 1, out);
    }
    out.close();
  }

  private static void indexed(
      GbzAnswers answers, int attribute, String element, int index, MmcWriter out)
      throws UnexpectedContentException {
    Volumes.register(answers, attribute)
        .ifPresent(v -> out.open(element).attribute("index", index).text(v).close());
  }

  /** Prepayment balances (GCS14), brought to millipence by the number of trailing digits. */
  public static void prepaymentValues(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    money(answers, EMERGENCY_CREDIT, "EmergencyCreditBalance", out);
    money(answers, ACCUMULATED_DEBT, "AccumulatedDebtRegister", out);
    money(answers, DEBT_3, "PaymentDebtRegister", out);
    money(answers, DEBT_1, "TimeDebtRegister1", out);
    money(answers, DEBT_2, "TimeDebtRegister2", out);
    money(answers, CREDIT_REMAINING, "MeterBalance", out);
  }

  private static void money(GbzAnswers answers, int attribute, String element, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Long> amount = answers.number(Cluster.PREPAYMENT, attribute);
    Optional<Long> digits = answers.number(Cluster.PRICE, PRICE_TRAILING_DIGITS);
    if (amount.isPresent()) {
      int decimals = digits.isPresent() ? (int) (digits.get() >> 4) : MILLIPENCE_DIGITS;
      BigDecimal millipence =
          BigDecimal.valueOf(amount.get()).scaleByPowerOfTen(MILLIPENCE_DIGITS - decimals);
      if (millipence.stripTrailingZeros().scale() > 0) {
        throw new UnexpectedContentException("expected whole millipence");
      }
      out.leaf(element, millipence.toBigInteger().toString());
    }
  }

  /** The meter balance (GCS60, GCS60a): the bill in credit mode, the credit in prepayment mode. */
  public static void meterBalance(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Long> bill = answers.number(Cluster.METERING, BILL_TO_DATE);
    bill.ifPresent(amount -> out.leaf("MeterBalance", amount));
    Optional<Long> credit = answers.number(Cluster.PREPAYMENT, CREDIT_REMAINING);
    credit.ifPresent(amount -> out.open("Gas").leaf("MeterBalancePrepaymentMode", amount).close());
  }

  /** Supply state and days of battery left (GCS33). */
  public static void supplyStatus(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    Optional<Long> state = answers.number(Cluster.METERING, SUPPLY_STATUS);
    if (state.isPresent()) {
      out.leaf("SupplyState", supplyState(state.get()));
    }
    Optional<Long> days = answers.number(Cluster.METERING, BATTERY_DAYS);
    days.ifPresent(left -> out.open("Gas").leaf("RemainingBatteryCapacity", left).close());
  }

  private static String supplyState(long state) throws UnexpectedContentException {
    if (state == 0) {
      return "Disabled";
    }
    if (state == 1) {
      return "Armed";
    }
    if (state == 2) {
      return "Enabled";
    }
    throw new UnexpectedContentException("expected a supply state from 0 to 2");
  }

  /** The firmware version (GCS38), carried as the meter's identifier. */
  public static void firmwareVersion(GbzAnswers answers, MmcWriter out)
      throws UnexpectedContentException {
    answers.octets(Cluster.METERING, METER_ID).ifPresent(v -> out.leaf("FirmwareVersion", v.hex()));
  }
}
