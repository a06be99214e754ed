// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.home;

import java.time.Instant;
import java.util.OptionalInt;
import org.meterbox.devices.energy.LoadCurve;
import org.meterbox.devices.energy.LoadShape;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasPart;
import org.meterbox.devices.gas.state.GasPartCodec;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What happens around a gas meter. The flow follows a curve drawn from a seed until somebody sets
 * it.
 *
 * @param seed makes this home differ from others
 * @param flow what the appliances burn instead of their curve, in litres an hour
 * @param leak what flows with all appliances off, in litres an hour
 */
public record GasHome(long seed, OptionalInt flow, int leak) implements GasPart {
  /** The largest flow that can be set, in litres an hour: the capacity of a domestic meter. */
  public static final int MAX_FLOW = 6_000;

  static final GasPartCodec<GasHome> CODEC = new Codec();

  /** Refuses flows that no domestic meter has. */
  public GasHome {
    if (flow.orElse(0) < 0 || flow.orElse(0) > MAX_FLOW || leak < 0 || leak > MAX_FLOW) {
      throw new IllegalArgumentException("a flow is 0 to 6000 litres an hour");
    }
  }

  /** What the appliances burn from an instant on, up to the next half hour, in litres an hour. */
  public int appliances(Instant at) {
    return flow.orElseGet(() -> new LoadCurve(LoadShape.DOMESTIC_GAS, seed).watts(at));
  }

  /** With another flow; empty where the curve is to hold again. */
  public GasHome withFlow(OptionalInt litresAnHour) {
    return new GasHome(seed, litresAnHour, leak);
  }

  /** With another leak. */
  public GasHome withLeak(int litresAnHour) {
    return new GasHome(seed, flow, litresAnHour);
  }

  private static final class Codec implements GasPartCodec<GasHome> {
    @Override
    public Class<GasHome> type() {
      return GasHome.class;
    }

    @Override
    public GasHome manufactured(GasManufacture manufacture) {
      return new GasHome(manufacture.seed(), OptionalInt.empty(), 0);
    }

    @Override
    public void write(GasHome home, OctetWriter image) {
      image.u64(home.seed());
      image.u8(home.flow().isPresent() ? 1 : 0);
      home.flow().ifPresent(image::u16);
      image.u16(home.leak());
    }

    @Override
    public GasHome read(OctetReader image) throws DecodeException {
      long seed = image.u64();
      OptionalInt flow = image.u8() == 1 ? OptionalInt.of(image.u16()) : OptionalInt.empty();
      return new GasHome(seed, flow, image.u16());
    }
  }
}
