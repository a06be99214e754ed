// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.payment;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.meterbox.devices.energy.Timetable;
import org.meterbox.devices.esme.payment.Account;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.register.CreditNotice;
import org.meterbox.devices.gas.register.Energy;
import org.meterbox.devices.gas.register.GasAccount;
import org.meterbox.devices.gas.register.GasTerms;
import org.meterbox.devices.gas.register.Volumes;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.tariff.GasCalendars;
import org.meterbox.devices.gas.tariff.GasTariff;
import org.meterbox.devices.gas.valve.GasFlow;
import org.meterbox.devices.gas.valve.ValveFunction;
import org.meterbox.devices.gas.valve.ValveState;
import org.meterbox.devices.machine.Transition;

/**
 * Watches how much credit is left: warns, offers emergency credit, closes the valve where the
 * non-disablement calendar allows it, and arms it again when there is credit.
 */
final class GasCreditWatch {
  private static final int NON_DISABLEMENT = 1;

  private GasCreditWatch() {}

  /** Does what the credit at this moment demands; doing it again changes nothing. */
  static void look(Transition<GsmeState> transition) {
    GsmeState gsme = transition.function();
    GasTerms terms = GasTerms.of(gsme);
    Account account = GasAccount.of(gsme).account();
    boolean out =
        terms.isPrepayment() && account.combinedCredit(terms) <= terms.disablementThreshold();
    boolean suspended = out && isNonDisablement(gsme, transition.now());
    tell(transition, notices(account, terms, suspended && ValveState.of(gsme).isOpen()));
    boolean disabled = GasCharges.isDisabledForCredit(gsme);
    if (out && !suspended && !disabled) {
      ValveFunction.move(transition, SupplyEvent.CREDIT_USED_UP);
    } else if (!out && disabled) {
      ValveFunction.move(transition, SupplyEvent.CREDIT_RESTORED);
    }
  }

  private static boolean isNonDisablement(GsmeState gsme, Instant at) {
    return GasCalendars.of(gsme).nonDisablement().timetable().selectorAt(at, _ -> true).orElse(0)
        == NON_DISABLEMENT;
  }

  private static Set<CreditNotice> notices(Account account, GasTerms terms, boolean suspended) {
    Set<CreditNotice> holding = EnumSet.noneOf(CreditNotice.class);
    if (!terms.isPrepayment()) {
      return holding;
    }
    long combined = account.combinedCredit(terms);
    if (account.isEmergencyCreditOffered(terms)) {
      holding.add(CreditNotice.EMERGENCY_CREDIT_AVAILABLE);
    }
    if (combined < terms.lowCreditThreshold()) {
      holding.add(CreditNotice.LOW_CREDIT);
    }
    if (account.emergencyActive() && account.emergencyBalance(terms) == 0) {
      holding.add(CreditNotice.EMERGENCY_CREDIT_EXHAUSTED);
    }
    if (combined <= terms.disablementThreshold()) {
      holding.add(CreditNotice.BELOW_DISABLEMENT_THRESHOLD);
    }
    if (suspended) {
      holding.add(CreditNotice.DISABLEMENT_SUSPENDED);
    }
    return holding;
  }

  private static void tell(Transition<GsmeState> transition, Set<CreditNotice> holding) {
    Set<CreditNotice> given = GasAccount.of(transition.function()).notices();
    transition.updateFunction(gsme -> gsme.with(GasAccount.of(gsme).withNotices(holding)));
    for (CreditNotice notice : holding) {
      if (!given.contains(notice)) {
        GasEvents.raise(transition, notice.code());
      }
    }
  }

  /** The next moment after an instant at which credit or the calendar may demand something. */
  static Instant next(GsmeState gsme, Instant after) {
    GasTerms terms = GasTerms.of(gsme);
    if (!terms.isPrepayment()) {
      return Instant.MAX;
    }
    Timetable calendar = GasCalendars.of(gsme).nonDisablement().timetable();
    Instant change = calendar.nextSwitch(after);
    OptionalLong distance = nearest(GasAccount.of(gsme).account(), terms);
    if (distance.isEmpty()) {
      return change;
    }
    Instant reached = notBefore(gsme, after, distance.getAsLong());
    return reached.isBefore(change) ? reached : change;
  }

  /** By how much charges must lower the credit until there is something to tell or do. */
  private static OptionalLong nearest(Account account, GasTerms terms) {
    long balance = account.meterBalance();
    long combined = account.combinedCredit(terms);
    return LongStream.of(
            balance - terms.emergencyThreshold() + 1,
            combined - terms.lowCreditThreshold() + 1,
            combined - terms.disablementThreshold(),
            account.emergencyActive()
                ? Math.max(0, balance - terms.disablementThreshold())
                    + account.emergencyBalance(terms)
                : 0)
        .filter(distance -> distance > 0)
        .min();
  }

  /**
   * A moment before which gas at the present flow cannot cost so much; where several prices may
   * come, the highest counts. Whoever comes too early looks again.
   */
  private static Instant notBefore(GsmeState gsme, Instant after, long distance) {
    int flow = GasFlow.at(gsme, after);
    long price = GasTariff.of(gsme).highestPriceAt(after);
    BigInteger ofLitre = Energy.cost(Energy.ofLitre(GasSettings.of(gsme)), price);
    if (flow == 0 || ofLitre.signum() == 0) {
      return Instant.MAX;
    }
    BigInteger units =
        BigInteger.valueOf(distance)
            .multiply(BigInteger.valueOf(Energy.UNITS_PER_KWH))
            .subtract(BigInteger.valueOf(GasAccount.of(gsme).rest()));
    BigInteger litres = units.add(ofLitre).subtract(BigInteger.ONE).divide(ofLitre);
    BigInteger parts =
        litres
            .multiply(BigInteger.valueOf(Volumes.PARTS))
            .subtract(BigInteger.valueOf(Volumes.of(gsme).total() % Volumes.PARTS));
    BigInteger perSecond = BigInteger.valueOf(flow);
    long seconds =
        parts
            .add(perSecond)
            .subtract(BigInteger.ONE)
            .divide(perSecond)
            .max(BigInteger.ONE)
            .min(BigInteger.valueOf(Duration.ofDays(1).toSeconds()))
            .longValueExact();
    return after.plusSeconds(seconds);
  }
}
