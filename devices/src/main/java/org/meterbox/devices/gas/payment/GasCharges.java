// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.payment;

import java.time.Duration;
import java.time.Instant;
import org.meterbox.devices.esme.payment.Account;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.GasTerms;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.valve.ValveState;
import org.meterbox.devices.machine.Transition;

/**
 * Takes charges for time: the standing charge at each midnight UTC, time debts at each full hour or
 * midnight UTC.
 */
final class GasCharges {
  private static final int TIME_DEBT_1_PAID = 0x81A7;
  private static final int TIME_DEBT_2_PAID = 0x81A8;
  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private GasCharges() {}

  /** Takes what has come due by time up to now. */
  static void time(Transition<GsmeState> transition) {
    Instant hour = nextHour(GasAccount.of(transition.function()).chargedUntil());
    while (!hour.isAfter(transition.now())) {
      boolean midnight = Math.floorMod(hour.getEpochSecond(), DAY) == 0;
      if (midnight) {
        standingCharge(transition);
      }
      timeDebt(transition, 1, midnight);
      timeDebt(transition, 2, midnight);
      Instant charged = hour;
      transition.updateFunction(gsme -> gsme.with(GasAccount.of(gsme).withChargedUntil(charged)));
      hour = hour.plusSeconds(HOUR);
    }
  }

  private static Instant nextHour(Instant after) {
    long hour = Math.floorDiv(after.getEpochSecond(), HOUR) + 1;
    return Instant.ofEpochSecond(hour * HOUR);
  }

  private static void standingCharge(Transition<GsmeState> transition) {
    transition.updateFunction(gsme -> {
      GasTerms terms = GasTerms.of(gsme);
      long perDay = terms.settings().number(GasAttribute.STANDING_CHARGE);
      return gsme.with(GasAccount.of(gsme).chargedForTime(perDay, terms));
    });
  }

  /** Never recovers more than is owed. */
  private static void timeDebt(Transition<GsmeState> transition, int debt, boolean midnight) {
    GsmeState gsme = transition.function();
    GasTerms terms = GasTerms.of(gsme);
    Account account = GasAccount.of(gsme).account();
    boolean due = terms.isHourly(debt) || midnight;
    boolean suspended = terms.suspendsDebtWhileDisabled() && isDisabledForCredit(gsme);
    if (!due || suspended || !terms.isPrepayment() || account.timeDebt(debt) == 0) {
      return;
    }
    long recovered = Math.min(terms.debtAmount(debt), account.timeDebt(debt));
    long left = account.timeDebt(debt) - recovered;
    transition.updateFunction(before -> {
      GasAccount owed = GasAccount.of(before).with(account.withTimeDebt(debt, left));
      return before.with(owed.chargedForTime(recovered, terms));
    });
    if (left == 0) {
      GasEvents.raise(transition, debt == 1 ? TIME_DEBT_1_PAID : TIME_DEBT_2_PAID);
    }
  }

  static boolean isDisabledForCredit(GsmeState gsme) {
    SupplyState supply = ValveState.of(gsme).supply();
    return supply.position() == Position.DISABLED && supply.causes().contains(Cause.CREDIT);
  }
}
