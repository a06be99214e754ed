// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.billing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The billing calendar of a gas meter, as the ZigBee price cluster has it.
 *
 * @param issuerEvent when it was issued, in the supplier's numbers
 * @param start the first date; empty where no calendar was set
 * @param duration how many units are between two dates
 * @param durationType the low four bits are the unit
 * @param next the next date; empty where none comes
 */
record BillingPeriod(
    long issuerEvent,
    Optional<Instant> start,
    int duration,
    int durationType,
    Optional<Instant> next)
    implements GasPart {
  static final GasPartCodec<BillingPeriod> CODEC = new Codec();

  private static final int UNIT = 0x0F;
  private static final int DAYS = 1;
  private static final int WEEKS = 2;
  private static final int MONTHS = 3;

  /** No period is shorter than a day, and no month longer than this. */
  private static final long MAX_DAYS_OF_MONTH = 31;

  private static final long DAYS_OF_WEEK = 7;
  private static final long DAY_SECONDS = 86_400;

  static BillingPeriod of(GsmeState gsme) {
    return gsme.part(BillingPeriod.class);
  }

  /** Whether a duration and its type make sense. */
  static boolean isValid(long duration, long durationType) {
    long unit = durationType & UNIT;
    return duration >= 1
        && switch ((int) unit) {
          case DAYS, WEEKS -> duration == 1;
          case MONTHS -> duration == 1 || duration == 3 || duration == 6 || duration == 12;
          default -> false;
        };
  }

  /** With the first date after an instant. */
  BillingPeriod lookedUp(Instant after) {
    return new BillingPeriod(
        issuerEvent, start, duration, durationType, start.map(first -> nextDate(first, after)));
  }

  private Instant nextDate(Instant first, Instant after) {
    if (first.isAfter(after)) {
      return first;
    }
    long passed = (after.getEpochSecond() - first.getEpochSecond()) / DAY_SECONDS;
    long longest =
        switch (durationType & UNIT) {
          case DAYS -> duration;
          case WEEKS -> duration * DAYS_OF_WEEK;
          default -> duration * MAX_DAYS_OF_MONTH;
        };
    long periods = passed / longest;
    Instant date = date(first, periods);
    while (!date.isAfter(after)) {
      periods++;
      date = date(first, periods);
    }
    return date;
  }

  private Instant date(Instant first, long periods) {
    LocalDateTime start = LocalDateTime.ofInstant(first, ZoneOffset.UTC);
    long units = periods * duration;
    LocalDateTime date =
        switch (durationType & UNIT) {
          case DAYS -> start.plusDays(units);
          case WEEKS -> start.plusWeeks(units);
          default -> start.plusMonths(units);
        };
    return date.toInstant(ZoneOffset.UTC);
  }

  private static final class Codec implements GasPartCodec<BillingPeriod> {
    @Override
    public Class<BillingPeriod> type() {
      return BillingPeriod.class;
    }

    @Override
    public BillingPeriod manufactured(GasManufacture manufacture) {
      return new BillingPeriod(0, Optional.empty(), 1, DAYS, Optional.empty());
    }

    @Override
    public void write(BillingPeriod period, OctetWriter image) {
      image.u32(period.issuerEvent());
      ImageFields.writeOptional(period.start(), image);
      ImageFields.writeNumber(period.duration(), image);
      image.u8(period.durationType());
      ImageFields.writeOptional(period.next(), image);
    }

    @Override
    public BillingPeriod read(OctetReader image) throws DecodeException {
      return new BillingPeriod(
          image.u32(),
          ImageFields.readOptional(image),
          (int) ImageFields.readNumber(image),
          image.u8(),
          ImageFields.readOptional(image));
    }
  }
}
