// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.valve;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplyState.Cause;
import org.meterbox.devices.esme.supply.SupplyState.Position;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The valve and why it is not open (SMETS supply state).
 *
 * @param leakTest what the meter does after the consumer has opened the valve
 */
public record ValveState(SupplyState supply, Optional<LeakTest> leakTest) implements GasPart {
  static final GasPartCodec<ValveState> CODEC = new Codec();

  /**
   * A test whether gas flows while nothing should burn.
   *
   * @param measureFrom when the flow has become steady
   * @param until when the measurement ends
   * @param total the register when the measurement began, in parts of a litre
   */
  public record LeakTest(Instant measureFrom, Instant until, OptionalLong total) {}

  /** The valve of a meter. */
  public static ValveState of(GsmeState gsme) {
    return gsme.part(ValveState.class);
  }

  /** Whether gas can flow. */
  public boolean isOpen() {
    return supply.isEnabled();
  }

  /** The state in a reading (ZigBee supply status). */
  public int status() {
    return switch (supply.position()) {
      case DISABLED -> 0;
      case ARMED -> 1;
      case ENABLED -> 2;
    };
  }

  private static final class Codec implements GasPartCodec<ValveState> {
    @Override
    public Class<ValveState> type() {
      return ValveState.class;
    }

    @Override
    public ValveState manufactured(GasManufacture manufacture) {
      return new ValveState(SupplyState.ENABLED, Optional.empty());
    }

    @Override
    public void write(ValveState valve, OctetWriter image) {
      ImageFields.writeConstant(valve.supply().position(), image);
      ImageFields.writeConstants(valve.supply().causes(), image);
      image.u8(valve.leakTest().isPresent() ? 1 : 0);
      valve
          .leakTest()
          .ifPresent(test -> {
            ImageFields.writeInstant(test.measureFrom(), image);
            ImageFields.writeInstant(test.until(), image);
            image.u8(test.total().isPresent() ? 1 : 0);
            test.total().ifPresent(total -> ImageFields.writeNumber(total, image));
          });
    }

    @Override
    public ValveState read(OctetReader image) throws DecodeException {
      SupplyState supply =
          new SupplyState(
              ImageFields.readConstant(Position.class, image),
              ImageFields.readConstants(Cause.class, image));
      if (image.u8() == 0) {
        return new ValveState(supply, Optional.empty());
      }
      Instant from = ImageFields.readInstant(image);
      Instant until = ImageFields.readInstant(image);
      OptionalLong total =
          image.u8() == 1 ? OptionalLong.of(ImageFields.readNumber(image)) : OptionalLong.empty();
      return new ValveState(supply, Optional.of(new LeakTest(from, until, total)));
    }
  }
}
