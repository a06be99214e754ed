// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Duration;
import java.time.Instant;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.payment.PaymentSettings.DebtRate;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.machine.Transition;

/**
 * Takes charges from the account: energy as it is counted, the standing charge at each midnight
 * UTC, time debts at each full hour or midnight UTC. What came due while the meter was off is taken
 * when the supply is back.
 */
final class Charges {
  /** Time debt 1 is paid. */
  private static final int TIME_DEBT_1_PAID = 0x81A7;

  /** Time debt 2 is paid. */
  private static final int TIME_DEBT_2_PAID = 0x81A8;

  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private Charges() {}

  /** Takes what energy costs. */
  static void energy(Transition<EsmeState> transition, long wattHours, int price, int scale) {
    transition.updateFunction(esme -> {
      ChargeProgress progress = esme.part(ChargeProgress.class);
      ExactAmount cost = ExactAmount.ofEnergy(wattHours, price, scale, progress.energyRest());
      return esme.with(progress.withEnergyRest(cost.rest()))
          .with(Account.of(esme).charged(cost.whole(), PaymentSettings.of(esme)));
    });
  }

  /**
   * Takes what has come due by time up to now.
   *
   * @return whether the last charge is that of a midnight that is now
   */
  static boolean time(Transition<EsmeState> transition) {
    Instant now = transition.now();
    Instant hour = nextHour(transition.function().part(ChargeProgress.class).chargedUntil());
    boolean midnight = false;
    while (!hour.isAfter(now)) {
      midnight = Math.floorMod(hour.getEpochSecond(), DAY) == 0;
      if (midnight) {
        standingCharge(transition);
      }
      timeDebt(transition, 1, midnight);
      timeDebt(transition, 2, midnight);
      Instant charged = hour;
      midnight &= hour.equals(now);
      transition.updateFunction(
          esme -> esme.with(esme.part(ChargeProgress.class).withChargedUntil(charged)));
      hour = hour.plusSeconds(HOUR);
    }
    return midnight;
  }

  private static Instant nextHour(Instant after) {
    long hour = Math.floorDiv(after.getEpochSecond(), HOUR) + 1;
    return Instant.ofEpochSecond(hour * HOUR);
  }

  private static void standingCharge(Transition<EsmeState> transition) {
    transition.updateFunction(esme -> {
      ChargeProgress progress = esme.part(ChargeProgress.class);
      TariffPlan.PriceList perDay = TariffPlan.of(esme.settings()).standingCharge();
      ExactAmount cost = ExactAmount.of(perDay.price(0), perDay.scale(), progress.standingRest());
      return esme.with(progress.withStandingRest(cost.rest()))
          .with(Account.of(esme).chargedForTime(cost.whole(), PaymentSettings.of(esme)));
    });
  }

  /** Never recovers more than is owed. */
  private static void timeDebt(Transition<EsmeState> transition, int debt, boolean midnight) {
    EsmeState esme = transition.function();
    PaymentSettings settings = PaymentSettings.of(esme);
    Account account = Account.of(esme);
    DebtRate rate = settings.debtRates().get(debt - 1);
    boolean due = rate.isHourly() || midnight;
    boolean suspended =
        settings.configuration().suspendDebtDisabled()
            && isDisabledForCredit(esme.part(SupplyState.class));
    if (!due || suspended || !settings.isPrepayment() || account.timeDebt(debt) == 0) {
      return;
    }
    ChargeProgress progress = esme.part(ChargeProgress.class);
    ExactAmount step = ExactAmount.of(rate.amount(), rate.scale(), progress.debtRest(debt));
    long recovered = Math.min(step.whole(), account.timeDebt(debt));
    long left = account.timeDebt(debt) - recovered;
    transition.updateFunction(before ->
        before
            .with(progress.withDebtRest(debt, left == 0 ? 0 : step.rest()))
            .with(account.withTimeDebt(debt, left).chargedForTime(recovered, settings)));
    if (left == 0) {
      EsmeEvents.raise(transition, debt == 1 ? TIME_DEBT_1_PAID : TIME_DEBT_2_PAID);
    }
  }

  static boolean isDisabledForCredit(SupplyState supply) {
    return supply.position() == Position.DISABLED && supply.causes().contains(Cause.CREDIT);
  }
}
