// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a meter keeps of the consumer's money, in thousandths of a penny (SMETS 5.7.5). Every change
 * moves money from one place to another, takes a charge or adds a payment; none rounds.
 *
 * @param meterBalance credit where positive, due where negative
 * @param emergencyUsed how much emergency credit is used and not repaid
 * @param emergencyActive whether the consumer has activated emergency credit
 * @param accumulatedDebt charges that fell due while emergency credit was in use
 * @param paymentDebt recovered from payments
 * @param timeDebt1 recovered as time passes
 * @param timeDebt2 the same
 */
public record Account(
    long meterBalance,
    long emergencyUsed,
    boolean emergencyActive,
    long accumulatedDebt,
    long paymentDebt,
    long timeDebt1,
    long timeDebt2)
    implements EsmePart {
  static final PartCodec<Account> CODEC = new Codec();

  /** Nothing paid, nothing owed. */
  public static final Account EMPTY = new Account(0, 0, false, 0, 0, 0, 0);

  /** Refuses debts below zero. */
  public Account {
    if (emergencyUsed < 0 || accumulatedDebt < 0 || paymentDebt < 0) {
      throw new IllegalArgumentException("debts are not negative");
    }
    if (timeDebt1 < 0 || timeDebt2 < 0) {
      throw new IllegalArgumentException("debts are not negative");
    }
  }

  /** The account of a meter. */
  public static Account of(EsmeState esme) {
    return esme.part(Account.class);
  }

  /** A time debt, 1 or 2. */
  public long timeDebt(int debt) {
    return debt == 1 ? timeDebt1 : timeDebt2;
  }

  /** The emergency credit that is left. */
  public long emergencyBalance(CreditTerms settings) {
    return Math.max(0, settings.emergencyLimit() - emergencyUsed);
  }

  /** What keeps the supply on: the balance, and emergency credit where it is active. */
  public long combinedCredit(CreditTerms settings) {
    return meterBalance + (emergencyActive ? emergencyBalance(settings) : 0);
  }

  /** Whether emergency credit can be activated. */
  public boolean isEmergencyCreditOffered(CreditTerms settings) {
    return settings.isPrepayment()
        && !emergencyActive
        && emergencyBalance(settings) > 0
        && meterBalance < settings.emergencyThreshold();
  }

  /** Whether charges are taken from emergency credit now. */
  private boolean isEmergencyCreditInUse(CreditTerms settings) {
    return emergencyActive && meterBalance <= settings.disablementThreshold();
  }

  /**
   * After a charge. The balance pays down to the disablement threshold, then emergency credit where
   * it is active, and what is left lowers the balance further (supply that must not be disabled).
   */
  public Account charged(long cost, CreditTerms settings) {
    if (!settings.isPrepayment() || cost <= 0) {
      return withBalances(meterBalance - cost, emergencyUsed, accumulatedDebt);
    }
    long above = Math.max(0, meterBalance - settings.disablementThreshold());
    long rest = cost - Math.min(cost, above);
    long fromEmergency = emergencyActive ? Math.min(rest, emergencyBalance(settings)) : 0;
    return withBalances(
        meterBalance - (cost - fromEmergency), emergencyUsed + fromEmergency, accumulatedDebt);
  }

  /** After a charge for time, which may be accumulated while emergency credit is in use. */
  public Account chargedForTime(long cost, CreditTerms settings) {
    boolean accumulates =
        settings.isPrepayment()
            && settings.suspendsDebtInEmergency()
            && isEmergencyCreditInUse(settings)
            && cost > 0;
    return accumulates
        ? withBalances(meterBalance, emergencyUsed, accumulatedDebt + cost)
        : charged(cost, settings);
  }

  /**
   * A payment and where it went; the parts add up to the payment.
   *
   * @param toPaymentDebt recovered from the payment debt
   * @param toAccumulatedDebt repaid of the accumulated debt
   * @param toThreshold lifted the balance to the disablement threshold
   * @param toEmergencyCredit repaid of the emergency credit
   * @param toBalance the rest
   */
  public record TopUp(
      Account account,
      long toPaymentDebt,
      long toAccumulatedDebt,
      long toThreshold,
      long toEmergencyCredit,
      long toBalance) {}

  /**
   * After a payment, which goes to the payment debt, the accumulated debt, what is missing to the
   * disablement threshold, used emergency credit and the balance, in this order. Emergency credit
   * is over when it is repaid and the balance is not below the emergency credit threshold.
   *
   * @param capLeft how much of the payment debt may be recovered at most
   */
  public TopUp toppedUp(long amount, long capLeft, CreditTerms settings) {
    long share = amount * settings.recoveryPerPayment() / PaymentSettings.WHOLE_PAYMENT;
    long recovered = Math.min(share, Math.min(paymentDebt, capLeft));
    long left = amount - recovered;
    long repaid = Math.min(left, accumulatedDebt);
    left -= repaid;
    long missing = Math.max(0, settings.disablementThreshold() - meterBalance);
    long lifted = Math.min(left, missing);
    left -= lifted;
    long emergency = Math.min(left, emergencyUsed);
    left -= emergency;
    long balance = meterBalance + lifted + left;
    long used = emergencyUsed - emergency;
    boolean over = used == 0 && balance >= settings.emergencyThreshold();
    Account after =
        new Account(
            balance,
            used,
            emergencyActive && !over,
            accumulatedDebt - repaid,
            paymentDebt - recovered,
            timeDebt1,
            timeDebt2);
    return new TopUp(after, recovered, repaid, lifted, emergency, left);
  }

  /** With another balance. */
  public Account withMeterBalance(long balance) {
    return withBalances(balance, emergencyUsed, accumulatedDebt);
  }

  /** With all emergency credit there, and not active. */
  public Account withoutEmergencyCreditUsed() {
    return new Account(meterBalance, 0, false, accumulatedDebt, paymentDebt, timeDebt1, timeDebt2);
  }

  /** With emergency credit active. */
  public Account withEmergencyCreditActive() {
    return new Account(
        meterBalance, emergencyUsed, true, accumulatedDebt, paymentDebt, timeDebt1, timeDebt2);
  }

  /** With no accumulated debt. */
  public Account withoutAccumulatedDebt() {
    return withBalances(meterBalance, emergencyUsed, 0);
  }

  /** With another payment debt. */
  public Account withPaymentDebt(long debt) {
    return new Account(
        meterBalance, emergencyUsed, emergencyActive, accumulatedDebt, debt, timeDebt1, timeDebt2);
  }

  /** With another time debt, 1 or 2. */
  public Account withTimeDebt(int debt, long amount) {
    return new Account(
        meterBalance,
        emergencyUsed,
        emergencyActive,
        accumulatedDebt,
        paymentDebt,
        debt == 1 ? amount : timeDebt1,
        debt == 1 ? timeDebt2 : amount);
  }

  private Account withBalances(long balance, long used, long accumulated) {
    return new Account(
        balance, used, emergencyActive, accumulated, paymentDebt, timeDebt1, timeDebt2);
  }

  private static final class Codec implements PartCodec<Account> {
    @Override
    public Class<Account> type() {
      return Account.class;
    }

    @Override
    public Account manufactured(Manufacture manufacture) {
      return EMPTY;
    }

    @Override
    public void write(Account account, OctetWriter image) {
      ImageFields.writeSigned(account.meterBalance(), image);
      ImageFields.writeNumber(account.emergencyUsed(), image);
      image.u8(account.emergencyActive() ? 1 : 0);
      ImageFields.writeNumber(account.accumulatedDebt(), image);
      ImageFields.writeNumber(account.paymentDebt(), image);
      ImageFields.writeNumber(account.timeDebt1(), image);
      ImageFields.writeNumber(account.timeDebt2(), image);
    }

    @Override
    public Account read(OctetReader image) throws DecodeException {
      return new Account(
          ImageFields.readSigned(image),
          ImageFields.readNumber(image),
          image.u8() == 1,
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image));
    }
  }
}
