// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.home;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.meterbox.devices.energy.LoadCurve;
import org.meterbox.devices.energy.LoadShape;
import org.meterbox.devices.energy.VoltageCurve;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What happens around a meter. Load, generation and voltage follow curves drawn from a seed until
 * somebody sets them.
 *
 * @param seed makes this home differ from others
 * @param load what the home draws instead of its curve, in W
 * @param generation what it generates instead of its curve, in W
 * @param volts the voltage of all phases instead of the curve
 * @param outage since when the network supplies nothing
 */
public record Home(
    long seed,
    OptionalInt load,
    OptionalInt generation,
    OptionalInt volts,
    Optional<Instant> outage)
    implements EsmePart {
  /** The largest load or generation that can be set, in W: 100 A on three phases. */
  public static final int MAX_WATTS = 72_000;

  static final PartCodec<Home> CODEC = new Codec();

  /** One home in so many has panels on its roof. */
  private static final int HOMES_PER_SOLAR = 3;

  private static final int SOLAR_PEAK_KILOWATTS = 3;
  private static final int VAR_PERCENT_OF_EXPORT = 4;

  /** What flows through the meter while its switch is closed and the network supplies. */
  public Power power(EsmeVariant variant, Instant at) {
    int drawn = load.orElseGet(() -> new LoadCurve(LoadShape.DOMESTIC, seed).watts(at));
    int generated = generation.orElseGet(() -> solar(at));
    int secondary =
        variant == EsmeVariant.TWIN_ELEMENT
            ? new LoadCurve(LoadShape.NIGHT_HEATING, ~seed).watts(at)
            : 0;
    int reactive = new LoadCurve(LoadShape.DOMESTIC_REACTIVE, Long.rotateLeft(seed, 32)).watts(at);
    int export = Math.max(0, generated - drawn);
    return new Power(
        Math.max(0, drawn - generated),
        secondary,
        reactive,
        export,
        export * VAR_PERCENT_OF_EXPORT / 100);
  }

  /** The voltage of a phase, 1 to 3, in V. */
  public int volts(EsmeVariant variant, int phase, Instant at) {
    if (outage.isPresent()) {
      return 0;
    }
    Power power = power(variant, at);
    int drawn = (power.activeImport() - power.activeExport()) / variant.phases();
    return volts.orElseGet(
        () -> new VoltageCurve(Long.rotateLeft(seed, 16)).volts(phase, at, drawn));
  }

  /** With another load; empty where the curve is to hold again. */
  public Home withLoad(OptionalInt watts) {
    return new Home(seed, watts, generation, volts, outage);
  }

  /** With another generation; empty where the curve is to hold again. */
  public Home withGeneration(OptionalInt watts) {
    return new Home(seed, load, watts, volts, outage);
  }

  /** With another voltage; empty where the curve is to hold again. */
  public Home withVolts(OptionalInt changed) {
    return new Home(seed, load, generation, changed, outage);
  }

  /** With the network's supply lost or back. */
  public Home withOutage(Optional<Instant> since) {
    return new Home(seed, load, generation, volts, since);
  }

  private int solar(Instant at) {
    return Math.floorMod(seed, HOMES_PER_SOLAR) == 0
        ? SOLAR_PEAK_KILOWATTS
            * new LoadCurve(LoadShape.SOLAR_PER_KILOWATT, Long.rotateLeft(seed, 48)).watts(at)
        : 0;
  }

  static final class Codec implements PartCodec<Home> {
    @Override
    public Class<Home> type() {
      return Home.class;
    }

    @Override
    public Home manufactured(Manufacture manufacture) {
      return new Home(
          manufacture.seed(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty());
    }

    @Override
    public void write(Home home, OctetWriter image) {
      image.u64(home.seed());
      writeNumber(home.load(), image);
      writeNumber(home.generation(), image);
      writeNumber(home.volts(), image);
      ImageFields.writeOptional(home.outage(), image);
    }

    @Override
    public Home read(OctetReader image) throws DecodeException {
      return new Home(
          image.u64(),
          readNumber(image),
          readNumber(image),
          readNumber(image),
          ImageFields.readOptional(image));
    }

    static void writeNumber(OptionalInt number, OctetWriter image) {
      image.u8(number.isPresent() ? 1 : 0);
      number.ifPresent(present -> image.u32(present));
    }

    static OptionalInt readNumber(OctetReader image) throws DecodeException {
      return image.u8() == 1 ? OptionalInt.of((int) image.u32()) : OptionalInt.empty();
    }
  }
}
