// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.valve;

import java.time.Duration;
import java.time.Instant;
import org.meterbox.devices.gas.event.GasEvents;
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
 * The battery that a gas meter lives on (SMETS2 4.6.5.16).
 *
 * @param days how long it lasts
 * @param countedUntil up to when days were counted
 */
public record Battery(int days, Instant countedUntil) implements GasPart {
  static final GasPartCodec<Battery> CODEC = new Codec();
  static final Duration DAY = Duration.ofDays(1);

  /** What a new battery lasts: ten years. Meters differ; no specification says. */
  public static final int NEW_DAYS = 3_650;

  /** At how many days the meter warns. No specification says. */
  static final int LOW_DAYS = 180;

  private static final int POWER_LOST = 0x8F1D;
  private static final int LOW = 0x8F1F;
  private static final int RESET = 0x8F82;
  private static final int USER_COMMAND_DONE = 0x8161;
  private static final int RESET_AT_METER = 0x0019;

  /** The battery of a meter. */
  public static Battery of(GsmeState gsme) {
    return gsme.part(Battery.class);
  }

  /** A day less for each day that has passed. */
  static void countDays(Transition<GsmeState> transition) {
    Battery battery = of(transition.function());
    while (!battery.countedUntil().plus(DAY).isAfter(transition.now())) {
      int left = Math.max(0, battery.days() - 1);
      boolean emptied = battery.days() > 0 && left == 0;
      battery = new Battery(left, battery.countedUntil().plus(DAY));
      Battery counted = battery;
      transition.updateFunction(gsme -> gsme.with(counted));
      if (left == LOW_DAYS) {
        GasEvents.raise(transition, LOW);
      }
      if (emptied) {
        GasEvents.raise(transition, POWER_LOST);
        ValveFunction.depleted(transition);
      }
    }
  }

  /** The fitter puts a new battery in and tells the meter. */
  public static void replacedAtMeter(Transition<GsmeState> transition) {
    transition.updateFunction(gsme -> gsme.with(new Battery(NEW_DAYS, of(gsme).countedUntil())));
    GasEvents.raise(transition, RESET);
    GasEvents.raiseUserCommand(transition, USER_COMMAND_DONE, RESET_AT_METER);
    ValveFunction.releaseDepletionLock(transition);
  }

  private static final class Codec implements GasPartCodec<Battery> {
    @Override
    public Class<Battery> type() {
      return Battery.class;
    }

    @Override
    public Battery manufactured(GasManufacture manufacture) {
      return new Battery(NEW_DAYS, manufacture.at());
    }

    @Override
    public void write(Battery battery, OctetWriter image) {
      image.u16(battery.days());
      ImageFields.writeInstant(battery.countedUntil(), image);
    }

    @Override
    public Battery read(OctetReader image) throws DecodeException {
      return new Battery(image.u16(), ImageFields.readInstant(image));
    }
  }
}
