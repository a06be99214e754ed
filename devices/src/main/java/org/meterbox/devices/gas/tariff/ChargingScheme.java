// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.tariff;

import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * How the tariff charges, as Publish Tariff Information says it.
 *
 * @param byBlock by consumption: then the tier that the calendar names says nothing
 */
record ChargingScheme(boolean byBlock) implements GasPart {
  static final GasPartCodec<ChargingScheme> CODEC = new Codec();

  private static final long TIME_OF_USE = 0x00;
  private static final long BLOCKS = 0x10;

  static ChargingScheme of(GsmeState gsme) {
    return gsme.part(ChargingScheme.class);
  }

  /** Whether a gas meter knows a charging scheme: it has no blocks within tiers. */
  static boolean isValid(long scheme) {
    return scheme == TIME_OF_USE || scheme == BLOCKS;
  }

  static ChargingScheme of(long scheme) {
    return new ChargingScheme(scheme == BLOCKS);
  }

  private static final class Codec implements GasPartCodec<ChargingScheme> {
    @Override
    public Class<ChargingScheme> type() {
      return ChargingScheme.class;
    }

    @Override
    public ChargingScheme manufactured(GasManufacture manufacture) {
      return new ChargingScheme(false);
    }

    @Override
    public void write(ChargingScheme scheme, OctetWriter image) {
      image.u8(scheme.byBlock() ? 1 : 0);
    }

    @Override
    public ChargingScheme read(OctetReader image) throws DecodeException {
      return new ChargingScheme(image.u8() == 1);
    }
  }
}
