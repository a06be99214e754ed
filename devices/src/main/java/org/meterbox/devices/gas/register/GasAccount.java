// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.register;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.meterbox.devices.esme.payment.Account;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What a gas meter keeps of the consumer's money, in thousandths of a penny. What is charged in
 * credit mode adds to the bill, what is charged in prepayment mode is taken from the account.
 *
 * @param bill what is owed in credit mode; stops at {@link #MAX_BILL}
 * @param rest what is left below a thousandth of a penny of the cost of energy, in {@link
 *     Energy#UNITS_PER_KWH}
 * @param chargedUntil up to when time was charged for
 * @param recoveryPeriod when the week began in which payment debt was last recovered, s since 1970
 * @param recovered how much of the payment debt was recovered in that week
 * @param notices what holds and was told
 */
public record GasAccount(
    Account account,
    long bill,
    long rest,
    Instant chargedUntil,
    long recoveryPeriod,
    long recovered,
    Set<CreditNotice> notices)
    implements GasPart {
  /** How the account stands in a memory image. */
  public static final GasPartCodec<GasAccount> CODEC = new Codec();

  /** The greatest bill: the attribute has 32 bits without sign. */
  public static final long MAX_BILL = 0xFFFF_FFFFL;

  private static final long WEEK = 604_800;

  /** Monday 5 January 1970, 00:00 UTC: recovery periods of a week begin on Mondays. */
  private static final long FIRST_MONDAY = 345_600;

  /** Copies the set. */
  public GasAccount {
    notices =
        Collections.unmodifiableSet(
            notices.isEmpty() ? EnumSet.noneOf(CreditNotice.class) : EnumSet.copyOf(notices));
  }

  /** The account of a meter. */
  public static GasAccount of(GsmeState gsme) {
    return gsme.part(GasAccount.class);
  }

  /**
   * The balances as snapshots keep them: accumulated debt, time debts 1 and 2, payment debt,
   * emergency credit and credit that are left.
   */
  public static List<Integer> balances(GsmeState gsme) {
    Account account = of(gsme).account();
    return LongStream.of(
            account.accumulatedDebt(),
            account.timeDebt1(),
            account.timeDebt2(),
            account.paymentDebt(),
            account.emergencyBalance(GasTerms.of(gsme)),
            account.meterBalance())
        .mapToInt(GasAccount::limited)
        .boxed()
        .toList();
  }

  /** An amount beyond what 32 bits can say is shown at their limit; the meter keeps it whole. */
  private static int limited(long amount) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, amount));
  }

  /** Takes what energy costs, without rounding. */
  public static void charge(Transition<GsmeState> transition, long energy, long pricePerKwh) {
    transition.updateFunction(gsme -> {
      GasAccount before = of(gsme);
      BigInteger[] cost =
          Energy.cost(energy, pricePerKwh)
              .add(BigInteger.valueOf(before.rest()))
              .divideAndRemainder(BigInteger.valueOf(Energy.UNITS_PER_KWH));
      return gsme.with(
          before
              .charged(cost[0].longValueExact(), GasTerms.of(gsme))
              .withRest(cost[1].longValueExact()));
    });
  }

  private GasAccount charged(long cost, GasTerms terms) {
    return terms.isPrepayment() ? with(account.charged(cost, terms)) : billed(cost);
  }

  /** After a charge for time. */
  public GasAccount chargedForTime(long cost, GasTerms terms) {
    return terms.isPrepayment() ? with(account.chargedForTime(cost, terms)) : billed(cost);
  }

  private GasAccount billed(long cost) {
    return withBill(Math.min(MAX_BILL, Math.addExact(bill, cost)));
  }

  /** With another account. */
  public GasAccount with(Account changed) {
    return new GasAccount(changed, bill, rest, chargedUntil, recoveryPeriod, recovered, notices);
  }

  /** With another bill. */
  public GasAccount withBill(long changed) {
    return new GasAccount(account, changed, rest, chargedUntil, recoveryPeriod, recovered, notices);
  }

  private GasAccount withRest(long changed) {
    return new GasAccount(account, bill, changed, chargedUntil, recoveryPeriod, recovered, notices);
  }

  /** With time charged for up to an instant. */
  public GasAccount withChargedUntil(Instant until) {
    return new GasAccount(account, bill, rest, until, recoveryPeriod, recovered, notices);
  }

  /** With other notices that hold and were told. */
  public GasAccount withNotices(Set<CreditNotice> changed) {
    return new GasAccount(account, bill, rest, chargedUntil, recoveryPeriod, recovered, changed);
  }

  /** How much payment debt may still be recovered in the week of an instant. */
  public long capLeft(GasTerms terms, Instant at) {
    long before = recoveryPeriod == weekOf(at) ? recovered : 0;
    return Math.max(0, terms.recoveryCap() - before);
  }

  /** With payment debt recovered at an instant. */
  public GasAccount withRecovered(long amount, Instant at) {
    long week = weekOf(at);
    long before = recoveryPeriod == week ? recovered : 0;
    return new GasAccount(account, bill, rest, chargedUntil, week, before + amount, notices);
  }

  private static long weekOf(Instant at) {
    long seconds = at.getEpochSecond();
    return seconds - Math.floorMod(seconds - FIRST_MONDAY, WEEK);
  }

  private static final class Codec implements GasPartCodec<GasAccount> {
    @Override
    public Class<GasAccount> type() {
      return GasAccount.class;
    }

    @Override
    public GasAccount manufactured(GasManufacture manufacture) {
      return new GasAccount(Account.EMPTY, 0, 0, manufacture.at(), 0, 0, Set.of());
    }

    @Override
    public void write(GasAccount part, OctetWriter image) {
      Account account = part.account();
      ImageFields.writeSigned(account.meterBalance(), image);
      ImageFields.writeNumber(account.emergencyUsed(), image);
      image.u8(account.emergencyActive() ? 1 : 0);
      ImageFields.writeNumber(account.accumulatedDebt(), image);
      ImageFields.writeNumber(account.paymentDebt(), image);
      ImageFields.writeNumber(account.timeDebt1(), image);
      ImageFields.writeNumber(account.timeDebt2(), image);
      ImageFields.writeNumber(part.bill(), image);
      ImageFields.writeNumber(part.rest(), image);
      ImageFields.writeInstant(part.chargedUntil(), image);
      ImageFields.writeSigned(part.recoveryPeriod(), image);
      ImageFields.writeNumber(part.recovered(), image);
      ImageFields.writeConstants(part.notices(), image);
    }

    @Override
    public GasAccount read(OctetReader image) throws DecodeException {
      Account account =
          new Account(
              ImageFields.readSigned(image),
              ImageFields.readNumber(image),
              image.u8() == 1,
              ImageFields.readNumber(image),
              ImageFields.readNumber(image),
              ImageFields.readNumber(image),
              ImageFields.readNumber(image));
      return new GasAccount(
          account,
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readInstant(image),
          ImageFields.readSigned(image),
          ImageFields.readNumber(image),
          ImageFields.readConstants(CreditNotice.class, image));
    }
  }
}
