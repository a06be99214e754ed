// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.voltage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.memory.ImageFields;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * How the voltage of each phase lies to the thresholds of each excursion.
 *
 * @param watches the excursions of phase 1 in their order, then those of phase 2
 */
record ExcursionState(List<Watch> watches) implements EsmePart {
  static final PartCodec<ExcursionState> CODEC = new Codec();

  private static final List<Excursion> ALL = List.of(Excursion.values());
  private static final int EXCURSIONS = ALL.size();

  /**
   * One excursion of one phase.
   *
   * @param told whether the meter has told that the voltage is beyond the threshold
   * @param since since when it lies on the other side than was told
   */
  record Watch(boolean told, Optional<Instant> since) {
    static final Watch IN_RANGE = new Watch(false, Optional.empty());
  }

  ExcursionState {
    watches = List.copyOf(watches);
  }

  int phases() {
    return watches.size() / EXCURSIONS;
  }

  Watch of(int phase, Excursion excursion) {
    return watches.get(place(phase, excursion));
  }

  ExcursionState with(int phase, Excursion excursion, Watch changed) {
    List<Watch> all = new ArrayList<>(watches);
    all.set(place(phase, excursion), changed);
    return new ExcursionState(all);
  }

  private static int place(int phase, Excursion excursion) {
    return (phase - 1) * EXCURSIONS + ALL.indexOf(excursion);
  }

  private static final class Codec implements PartCodec<ExcursionState> {
    private static final ExcursionState ONE_PHASE = inRange(1);
    private static final ExcursionState THREE_PHASES = inRange(EsmeVariant.POLYPHASE.phases());

    private static ExcursionState inRange(int phases) {
      return new ExcursionState(Collections.nCopies(phases * EXCURSIONS, Watch.IN_RANGE));
    }

    /** Most meters share the one in which nothing is out of range. */
    private static ExcursionState shared(ExcursionState state) {
      if (state.equals(ONE_PHASE)) {
        return ONE_PHASE;
      }
      return state.equals(THREE_PHASES) ? THREE_PHASES : state;
    }

    @Override
    public Class<ExcursionState> type() {
      return ExcursionState.class;
    }

    @Override
    public ExcursionState manufactured(Manufacture manufacture) {
      return shared(inRange(manufacture.variant().phases()));
    }

    @Override
    public void write(ExcursionState state, OctetWriter image) {
      image.u8(state.watches().size());
      for (Watch watch : state.watches()) {
        image.u8(watch.told() ? 1 : 0);
        ImageFields.writeOptional(watch.since(), image);
      }
    }

    @Override
    public ExcursionState read(OctetReader image) throws DecodeException {
      List<Watch> watches = new ArrayList<>();
      for (int left = image.u8(); left > 0; left--) {
        watches.add(new Watch(image.u8() == 1, ImageFields.readOptional(image)));
      }
      return shared(new ExcursionState(watches));
    }
  }
}
