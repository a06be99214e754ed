// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

import java.time.Instant;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * How far charging has gone.
 *
 * @param chargedUntil up to when time was charged for
 * @param energyRest what is left below a thousandth of a penny of the cost of energy; see {@link
 *     ExactAmount}
 * @param standingRest the same of the standing charge
 * @param debtRest1 the same of the recovery of time debt 1
 * @param debtRest2 the same of time debt 2
 * @param recoveryPeriod when the period began in which payment debt was last recovered, in s since
 *     1970
 * @param recovered how much of the payment debt was recovered in that period, in thousandths of a
 *     penny
 */
record ChargeProgress(
    Instant chargedUntil,
    long energyRest,
    long standingRest,
    long debtRest1,
    long debtRest2,
    long recoveryPeriod,
    long recovered)
    implements EsmePart {
  static final PartCodec<ChargeProgress> CODEC = new Codec();

  /** Monday 5 January 1970, 00:00 UTC: by default recovery periods of a week begin on Mondays. */
  private static final long FIRST_MONDAY = 345_600;

  long debtRest(int debt) {
    return debt == 1 ? debtRest1 : debtRest2;
  }

  ChargeProgress withChargedUntil(Instant until) {
    return new ChargeProgress(
        until, energyRest, standingRest, debtRest1, debtRest2, recoveryPeriod, recovered);
  }

  ChargeProgress withEnergyRest(long rest) {
    return new ChargeProgress(
        chargedUntil, rest, standingRest, debtRest1, debtRest2, recoveryPeriod, recovered);
  }

  ChargeProgress withStandingRest(long rest) {
    return new ChargeProgress(
        chargedUntil, energyRest, rest, debtRest1, debtRest2, recoveryPeriod, recovered);
  }

  ChargeProgress withDebtRest(int debt, long rest) {
    return new ChargeProgress(
        chargedUntil,
        energyRest,
        standingRest,
        debt == 1 ? rest : debtRest1,
        debt == 1 ? debtRest2 : rest,
        recoveryPeriod,
        recovered);
  }

  /** How much payment debt may still be recovered in the recovery period of an instant. */
  long capLeft(PaymentSettings settings, Instant at) {
    long before = recoveryPeriod == periodOf(settings, at) ? recovered : 0;
    return Math.max(0, settings.recoveryCap() - before);
  }

  ChargeProgress withRecovered(long amount, PaymentSettings settings, Instant at) {
    long period = periodOf(settings, at);
    long before = recoveryPeriod == period ? recovered : 0;
    return new ChargeProgress(
        chargedUntil, energyRest, standingRest, debtRest1, debtRest2, period, before + amount);
  }

  private static long periodOf(PaymentSettings settings, Instant at) {
    long seconds = at.getEpochSecond();
    return seconds
        - Math.floorMod(
            seconds - FIRST_MONDAY - settings.recoveryStart(), settings.recoveryPeriod());
  }

  private static final class Codec implements PartCodec<ChargeProgress> {
    @Override
    public Class<ChargeProgress> type() {
      return ChargeProgress.class;
    }

    @Override
    public ChargeProgress manufactured(Manufacture manufacture) {
      return new ChargeProgress(manufacture.at(), 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void write(ChargeProgress progress, OctetWriter image) {
      ImageFields.writeInstant(progress.chargedUntil(), image);
      ImageFields.writeNumber(progress.energyRest(), image);
      ImageFields.writeNumber(progress.standingRest(), image);
      ImageFields.writeNumber(progress.debtRest1(), image);
      ImageFields.writeNumber(progress.debtRest2(), image);
      ImageFields.writeSigned(progress.recoveryPeriod(), image);
      ImageFields.writeNumber(progress.recovered(), image);
    }

    @Override
    public ChargeProgress read(OctetReader image) throws DecodeException {
      return new ChargeProgress(
          ImageFields.readInstant(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readNumber(image),
          ImageFields.readSigned(image),
          ImageFields.readNumber(image));
    }
  }
}
