// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.register;

import org.meterbox.devices.esme.payment.CreditTerms;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;

/**
 * How a gas meter charges and what it does when credit runs low. Amounts are in thousandths of a
 * penny.
 *
 * @param settings where the terms stand
 */
public record GasTerms(GasSettings settings) implements CreditTerms {
  /** The configuration of credit mode. */
  public static final long CREDIT_MODE = 0x0C94;

  private static final long SUSPENDED_WHILE_DISABLED = 0x0400;

  /** Time-based charges are taken from emergency credit; without this bit they accumulate. */
  private static final long CHARGED_IN_EMERGENCY = 0x0800;

  private static final long PREPAYMENT = 0x0002;
  private static final int HOURLY = 0;

  /** The terms of a meter. */
  public static GasTerms of(GsmeState gsme) {
    return new GasTerms(GasSettings.of(gsme));
  }

  private long configuration() {
    return settings.number(GasAttribute.PAYMENT_CONFIGURATION);
  }

  @Override
  public boolean isPrepayment() {
    return (configuration() & PREPAYMENT) != 0;
  }

  @Override
  public boolean suspendsDebtInEmergency() {
    return isPrepayment() && (configuration() & CHARGED_IN_EMERGENCY) == 0;
  }

  /** Whether time debts are not recovered while the supply is disabled for want of credit. */
  public boolean suspendsDebtWhileDisabled() {
    return isPrepayment() && (configuration() & SUSPENDED_WHILE_DISABLED) != 0;
  }

  @Override
  public long disablementThreshold() {
    return settings.number(GasAttribute.CUT_OFF_VALUE);
  }

  @Override
  public long emergencyLimit() {
    return settings.number(GasAttribute.EMERGENCY_CREDIT_LIMIT);
  }

  @Override
  public long emergencyThreshold() {
    return settings.number(GasAttribute.EMERGENCY_CREDIT_THRESHOLD);
  }

  @Override
  public long recoveryPerPayment() {
    return settings.number(GasAttribute.PAYMENT_DEBT_PERCENTAGE);
  }

  /** Below which combined credit the meter warns. */
  public long lowCreditThreshold() {
    return settings.number(GasAttribute.LOW_CREDIT_WARNING);
  }

  /** Above which balance no token is taken. */
  public long maximumBalance() {
    return settings.number(GasAttribute.MAX_CREDIT_LIMIT);
  }

  /** The greatest token that is taken. */
  public long maximumTopUp() {
    return settings.number(GasAttribute.MAX_CREDIT_PER_TOP_UP);
  }

  /** How much payment debt is recovered in a week at most. */
  public long recoveryCap() {
    return settings.number(GasAttribute.DEBT_CAP);
  }

  /** How much of a time debt is recovered each time, 1 or 2. */
  public long debtAmount(int debt) {
    return settings.number(GasAttribute.debtAmount(debt));
  }

  /** Whether a time debt, 1 or 2, is recovered each hour; else each day. */
  public boolean isHourly(int debt) {
    return settings.number(GasAttribute.debtFrequency(debt)) == HOURLY;
  }
}
