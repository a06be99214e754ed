// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.clock;

import org.meterbox.devices.esme.clock.ClockState.Status;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/** How far a gas meter trusts its time, which it takes from the hub. */
public record GasClock(Status status) implements GasPart {
  static final GasPartCodec<GasClock> CODEC = new Codec();

  /** The clock of a meter. */
  public static GasClock of(GsmeState gsme) {
    return gsme.part(GasClock.class);
  }

  /** Whether the time is to be trusted. */
  public boolean isReliable() {
    return status == Status.RELIABLE;
  }

  private static final class Codec implements GasPartCodec<GasClock> {
    @Override
    public Class<GasClock> type() {
      return GasClock.class;
    }

    @Override
    public GasClock manufactured(GasManufacture manufacture) {
      return new GasClock(Status.INVALID);
    }

    @Override
    public void write(GasClock clock, OctetWriter image) {
      ImageFields.writeConstant(clock.status(), image);
    }

    @Override
    public GasClock read(OctetReader image) throws DecodeException {
      return new GasClock(ImageFields.readConstant(Status.class, image));
    }
  }
}
