// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

/**
 * How a meter's account charges and repays, whatever it measures. Amounts are in thousandths of a
 * penny.
 */
public interface CreditTerms {
  /** Whether the consumer pays beforehand. */
  boolean isPrepayment();

  /** Whether time-based charges that fall due while emergency credit is in use are accumulated. */
  boolean suspendsDebtInEmergency();

  /** At or below which combined credit disables the supply. */
  long disablementThreshold();

  /** How much emergency credit there is. */
  long emergencyLimit();

  /** Below which balance emergency credit is offered. */
  long emergencyThreshold();

  /** The share of a payment that goes to the payment debt, in hundredths of a percent. */
  long recoveryPerPayment();
}
