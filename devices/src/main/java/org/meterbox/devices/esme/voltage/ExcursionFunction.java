// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.voltage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.home.Mains;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.voltage.ExcursionState.Watch;
import org.meterbox.devices.machine.Transition;

/**
 * Watches the RMS voltage of each phase for extremes, swell and sag. Both leaving the range and
 * coming back count only after the excursion's period, so that a flicker tells nothing. A dead
 * phase is no sag: its loss is an interruption.
 */
public final class ExcursionFunction implements EsmeFunction {
  @Override
  public List<PartCodec<?>> parts() {
    return List.of(ExcursionState.CODEC);
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    ExcursionState watched = state.part(ExcursionState.class);
    Instant next = Instant.MAX;
    for (int phase = 1; phase <= watched.phases(); phase++) {
      for (Excursion excursion : Excursion.values()) {
        Optional<Instant> since = watched.of(phase, excursion).since();
        if (since.isPresent()) {
          Instant counts = since.get().plusSeconds(excursion.period(state.settings()));
          next = counts.isBefore(next) ? counts : next;
        }
      }
    }
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    int phases = transition.function().part(ExcursionState.class).phases();
    for (int phase = 1; phase <= phases; phase++) {
      OptionalInt volts = Mains.volts(transition.function(), phase, transition.now());
      for (Excursion excursion : Excursion.values()) {
        look(transition, phase, excursion, volts);
      }
    }
  }

  private static void look(
      Transition<EsmeState> transition, int phase, Excursion excursion, OptionalInt volts) {
    EsmeState esme = transition.function();
    Settings settings = esme.settings();
    Instant now = transition.now();
    Watch before = esme.part(ExcursionState.class).of(phase, excursion);
    boolean beyond = volts.isPresent() && excursion.isBeyond(settings, volts.getAsInt());
    Watch after = before;
    if (beyond == before.told()) {
      after = new Watch(before.told(), Optional.empty());
    } else {
      Instant since = before.since().orElse(now);
      boolean counts = !since.plusSeconds(excursion.period(settings)).isAfter(now);
      after =
          counts
              ? new Watch(beyond, Optional.empty())
              : new Watch(before.told(), Optional.of(since));
    }
    if (after.equals(before)) {
      return;
    }
    Watch changed = after;
    transition.updateFunction(
        state -> state.with(state.part(ExcursionState.class).with(phase, excursion, changed)));
    if (changed.told() != before.told()) {
      EsmeEvents.raise(transition, excursion.code(esme.variant(), phase, changed.told()));
    }
  }
}
