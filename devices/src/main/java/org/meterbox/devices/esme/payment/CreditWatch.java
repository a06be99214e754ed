// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.metering.MeteredPower;
import org.meterbox.devices.esme.metering.Registers;
import org.meterbox.devices.esme.payment.CreditNotices.Notice;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.tariff.RateInForce;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.machine.Transition;

/**
 * Watches how much credit is left: warns, offers emergency credit, disables the supply where the
 * non-disablement calendar allows it, and arms it again when there is credit (SMETS 5.5.7).
 */
final class CreditWatch {
  private CreditWatch() {}

  /** Does what the credit at this moment demands; doing it again changes nothing. */
  static void look(Transition<EsmeState> transition) {
    EsmeState esme = transition.function();
    PaymentSettings settings = PaymentSettings.of(esme);
    Account account = Account.of(esme);
    boolean out =
        settings.isPrepayment()
            && account.combinedCredit(settings) <= settings.disablementThreshold();
    boolean suspended = out && settings.isNonDisablement(transition.now());
    SupplyState supply = esme.part(SupplyState.class);
    tell(transition, notices(account, settings, suspended && supply.isEnabled()));
    boolean disabled = Charges.isDisabledForCredit(supply);
    if (out && !suspended && !disabled) {
      SupplyFunction.move(transition, SupplyEvent.CREDIT_USED_UP);
    } else if (!out && disabled) {
      SupplyFunction.move(transition, SupplyEvent.CREDIT_RESTORED);
    }
  }

  private static Set<Notice> notices(Account account, PaymentSettings settings, boolean suspended) {
    Set<Notice> holding = EnumSet.noneOf(Notice.class);
    if (!settings.isPrepayment()) {
      return holding;
    }
    long combined = account.combinedCredit(settings);
    if (account.isEmergencyCreditOffered(settings)) {
      holding.add(Notice.EMERGENCY_CREDIT_AVAILABLE);
    }
    if (combined < settings.lowCreditThreshold()) {
      holding.add(Notice.LOW_CREDIT);
    }
    if (account.emergencyActive() && account.emergencyBalance(settings) == 0) {
      holding.add(Notice.EMERGENCY_CREDIT_EXHAUSTED);
    }
    if (combined <= settings.disablementThreshold()) {
      holding.add(Notice.BELOW_DISABLEMENT_THRESHOLD);
    }
    if (suspended) {
      holding.add(Notice.DISABLEMENT_SUSPENDED);
    }
    return holding;
  }

  private static void tell(Transition<EsmeState> transition, Set<Notice> holding) {
    Set<Notice> given = transition.function().part(CreditNotices.class).given();
    transition.updateFunction(esme -> esme.with(new CreditNotices(holding)));
    for (Notice notice : holding) {
      if (!given.contains(notice)) {
        EsmeEvents.raise(transition, notice.code());
      }
    }
  }

  /** The next moment after an instant at which credit or the calendar may demand something. */
  static Instant next(EsmeState esme, Instant after) {
    PaymentSettings settings = PaymentSettings.of(esme);
    if (!settings.isPrepayment()) {
      return Instant.MAX;
    }
    Instant calendar = settings.nonDisablement().next(after);
    OptionalLong distance = nearest(Account.of(esme), settings);
    if (distance.isEmpty()) {
      return calendar;
    }
    Instant reached = notBefore(esme, after, distance.getAsLong());
    return reached.isBefore(calendar) ? reached : calendar;
  }

  /** By how much charges must lower the credit until there is something to tell or do. */
  private static OptionalLong nearest(Account account, PaymentSettings settings) {
    long balance = account.meterBalance();
    long combined = account.combinedCredit(settings);
    return LongStream.of(
            balance - settings.emergencyThreshold() + 1,
            combined - settings.lowCreditThreshold() + 1,
            combined - settings.disablementThreshold(),
            account.emergencyActive()
                ? Math.max(0, balance - settings.disablementThreshold())
                    + account.emergencyBalance(settings)
                : 0)
        .filter(distance -> distance > 0)
        .min();
  }

  /**
   * A moment before which energy at the present power cannot cost so much, and not later than it
   * does; where several prices may come, the highest counts. Whoever comes too early looks again.
   */
  private static Instant notBefore(EsmeState esme, Instant after, long distance) {
    Power power = MeteredPower.of(esme, after);
    Registers registers = Registers.of(esme);
    TariffPlan plan = TariffPlan.of(esme.settings());
    RateInForce rate = esme.part(RateInForce.class);
    BigInteger primary = ExactAmount.perWattHour(primaryPrice(plan, rate), plan.prices().scale());
    BigInteger secondary =
        ExactAmount.perWattHour(
            Math.max(0, plan.secondaryPrice(rate.secondaryRate())), plan.secondaryPrices().scale());
    BigInteger perSecond =
        primary
            .multiply(BigInteger.valueOf(power.primary()))
            .add(secondary.multiply(BigInteger.valueOf(power.secondary())));
    if (perSecond.signum() == 0) {
      return Instant.MAX;
    }
    BigInteger begun =
        primary
            .multiply(BigInteger.valueOf(registers.primary() % Registers.JOULES))
            .add(secondary.multiply(BigInteger.valueOf(registers.secondary() % Registers.JOULES)));
    BigInteger missing =
        BigInteger.valueOf(distance)
            .multiply(ExactAmount.UNITS)
            .subtract(BigInteger.valueOf(esme.part(ChargeProgress.class).energyRest()))
            .multiply(BigInteger.valueOf(Registers.JOULES))
            .subtract(begun);
    long seconds =
        missing
            .divide(perSecond)
            .max(BigInteger.ONE)
            .min(BigInteger.valueOf(Duration.ofDays(1).toSeconds()))
            .longValueExact();
    return after.plusSeconds(seconds);
  }

  private static int primaryPrice(TariffPlan plan, RateInForce rate) {
    if (!rate.hasBlocks()) {
      return Math.max(0, plan.price(rate.rate()));
    }
    int highest = 0;
    for (int block = 1; block <= TariffPlan.BLOCKS; block++) {
      highest = Math.max(highest, plan.blockPrice(rate.rate(), block));
    }
    return highest;
  }
}
