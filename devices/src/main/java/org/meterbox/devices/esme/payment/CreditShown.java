// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Instant;
import org.meterbox.devices.esme.state.EsmeState;

/**
 * What a meter shows of the consumer's money, in thousandths of a penny.
 *
 * @param mode how the consumer pays
 * @param balance credit where positive, due where negative
 * @param emergencyCredit what is left of it
 * @param emergencyCreditState whether it is in use, can be chosen, or neither
 * @param accumulatedDebt what fell due while emergency credit was in use
 * @param paymentDebt recovered from payments
 * @param timeDebt1 recovered as time passes
 * @param timeDebt2 the same
 * @param nonDisablement whether the supply must not be disabled for want of credit now
 */
public record CreditShown(
    PaymentMode mode,
    long balance,
    long emergencyCredit,
    EmergencyCreditState emergencyCreditState,
    long accumulatedDebt,
    long paymentDebt,
    long timeDebt1,
    long timeDebt2,
    boolean nonDisablement) {
  /** Thousandths of a penny in a penny. */
  public static final int MILLIPENCE = 1_000;

  /** Whether emergency credit helps. */
  public enum EmergencyCreditState {
    /** It was activated. */
    ACTIVE,
    /** It can be activated. */
    OFFERED,
    /** It cannot be activated now. */
    NOT_OFFERED
  }

  /** What a meter shows at an instant. */
  public static CreditShown of(EsmeState esme, Instant at) {
    PaymentSettings settings = PaymentSettings.of(esme);
    Account account = Account.of(esme);
    EmergencyCreditState offered =
        account.isEmergencyCreditOffered(settings)
            ? EmergencyCreditState.OFFERED
            : EmergencyCreditState.NOT_OFFERED;
    return new CreditShown(
        settings.configuration().mode(),
        account.meterBalance(),
        account.emergencyBalance(settings),
        account.emergencyActive() ? EmergencyCreditState.ACTIVE : offered,
        account.accumulatedDebt(),
        account.paymentDebt(),
        account.timeDebt1(),
        account.timeDebt2(),
        settings.isPrepayment() && settings.isNonDisablement(at));
  }
}
