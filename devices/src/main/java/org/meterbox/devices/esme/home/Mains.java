// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.home;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * What the network does on single phases, beside what it does on all of them ({@link Home}).
 *
 * @param phases one for each phase that the meter watches
 * @param reactive reactive import instead of its curve, in var
 */
public record Mains(List<Phase> phases, OptionalInt reactive) implements EsmePart {
  static final PartCodec<Mains> CODEC = new Codec();

  /**
   * One phase.
   *
   * @param volts its voltage instead of that of all phases
   * @param lost since when it is dead
   */
  public record Phase(OptionalInt volts, Optional<Instant> lost) {
    static final Phase USUAL = new Phase(OptionalInt.empty(), Optional.empty());
  }

  /** Copies the list. */
  public Mains {
    phases = List.copyOf(phases);
  }

  /** The mains of a meter. */
  public static Mains of(EsmeState esme) {
    return esme.part(Mains.class);
  }

  /**
   * The voltage of a phase of a meter.
   *
   * @param phase 1 to 3
   * @return empty where the phase or the whole supply is lost
   */
  public static OptionalInt volts(EsmeState esme, int phase, Instant at) {
    Home home = esme.part(Home.class);
    Phase one = of(esme).phases.get(phase - 1);
    if (home.outage().isPresent() || one.lost().isPresent()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(one.volts().orElseGet(() -> home.volts(esme.variant(), phase, at)));
  }

  /** What flows through a meter whose switch is closed. */
  public static Power power(EsmeState esme, Instant at) {
    Mains mains = of(esme);
    Power power = esme.part(Home.class).power(esme.variant(), at);
    Power drawn =
        mains.reactive.isPresent() ? power.withReactiveImport(mains.reactive.getAsInt()) : power;
    int live = (int) mains.phases.stream().filter(phase -> phase.lost().isEmpty()).count();
    return live == mains.phases.size() ? drawn : drawn.share(live, mains.phases.size());
  }

  /** With another voltage of a phase, 1 to 3; empty where it is that of all phases again. */
  public Mains withVolts(int phase, OptionalInt volts) {
    return with(phase, new Phase(volts, phases.get(phase - 1).lost()));
  }

  /** With a phase, 1 to 3, dead since some time, or alive. */
  public Mains withLost(int phase, Optional<Instant> since) {
    return with(phase, new Phase(phases.get(phase - 1).volts(), since));
  }

  /** With another reactive import, in var; empty where the curve is to hold again. */
  public Mains withReactive(OptionalInt changed) {
    return new Mains(phases, changed);
  }

  private Mains with(int phase, Phase changed) {
    List<Phase> all = new ArrayList<>(phases);
    all.set(phase - 1, changed);
    return new Mains(all, reactive);
  }

  private static final class Codec implements PartCodec<Mains> {
    private static final Mains ONE_PHASE = usual(1);
    private static final Mains THREE_PHASES = usual(EsmeVariant.POLYPHASE.phases());

    private static Mains usual(int phases) {
      return new Mains(Collections.nCopies(phases, Phase.USUAL), OptionalInt.empty());
    }

    /** Most meters share the one that says nothing. */
    private static Mains shared(Mains mains) {
      if (mains.equals(ONE_PHASE)) {
        return ONE_PHASE;
      }
      return mains.equals(THREE_PHASES) ? THREE_PHASES : mains;
    }

    @Override
    public Class<Mains> type() {
      return Mains.class;
    }

    @Override
    public Mains manufactured(Manufacture manufacture) {
      return shared(usual(manufacture.variant().phases()));
    }

    @Override
    public void write(Mains mains, OctetWriter image) {
      image.u8(mains.phases().size());
      for (Phase phase : mains.phases()) {
        Home.Codec.writeNumber(phase.volts(), image);
        ImageFields.writeOptional(phase.lost(), image);
      }
      Home.Codec.writeNumber(mains.reactive(), image);
    }

    @Override
    public Mains read(OctetReader image) throws DecodeException {
      List<Phase> phases = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        phases.add(new Phase(Home.Codec.readNumber(image), ImageFields.readOptional(image)));
      }
      return shared(new Mains(phases, Home.Codec.readNumber(image)));
    }
  }
}
