// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.current;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.meterbox.devices.esme.current.CurrentState.Notice;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.home.Mains;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.metering.MeteredPower;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.ProductSetting;
import org.meterbox.devices.machine.Transition;

/**
 * Compares the current of each phase with the meter's rating, and the power factor with its
 * threshold (GBCS alert codes 8010, 8011, 8013 to 8016). Both limits are the product's own; a load
 * that draws little has no power factor worth telling.
 */
public final class CurrentFunction implements EsmeFunction {
  private static final int POWER_FACTOR_OK = 0x8015;
  private static final List<Notice> BY_PHASE =
      List.of(Notice.OVER_CURRENT_1, Notice.OVER_CURRENT_2, Notice.OVER_CURRENT_3);
  private static final int PERCENT = 100;

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(CurrentState.CODEC);
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    EsmeState esme = transition.function();
    Set<Notice> told = esme.part(CurrentState.class).told();
    Set<Notice> holding = holding(esme, transition.now(), told);
    if (holding.equals(told)) {
      return;
    }
    transition.updateFunction(before -> before.with(new CurrentState(holding)));
    for (Notice notice : holding) {
      if (!told.contains(notice)) {
        EsmeEvents.raise(transition, notice.code());
      }
    }
    if (told.contains(Notice.LOW_POWER_FACTOR) && !holding.contains(Notice.LOW_POWER_FACTOR)) {
      EsmeEvents.raise(transition, POWER_FACTOR_OK);
    }
  }

  private static Set<Notice> holding(EsmeState esme, Instant now, Set<Notice> told) {
    Set<Notice> holding = EnumSet.noneOf(Notice.class);
    Power power = MeteredPower.of(esme, now);
    long watts = power.activeImport() + (long) power.activeExport();
    long vars = power.reactiveImport() + (long) power.reactiveExport();
    double apparent = Math.hypot((double) watts, (double) vars);
    int phases = esme.variant().phases();
    for (int phase = 1; phase <= phases; phase++) {
      OptionalInt volts = Mains.volts(esme, phase, now);
      long limit = ProductSetting.RATED_CURRENT.of(esme.settings());
      if (volts.isPresent()
          && volts.getAsInt() > 0
          && apparent / phases > limit * volts.getAsInt()) {
        holding.add(
            esme.variant() == EsmeVariant.POLYPHASE
                ? BY_PHASE.get(phase - 1)
                : Notice.OVER_CURRENT);
      }
    }
    long factorMin = ProductSetting.POWER_FACTOR_THRESHOLD.of(esme.settings());
    if (apparent >= ProductSetting.POWER_FACTOR_LOAD_MIN.of(esme.settings())) {
      if (watts * (double) PERCENT < factorMin * apparent) {
        holding.add(Notice.LOW_POWER_FACTOR);
      }
    } else if (told.contains(Notice.LOW_POWER_FACTOR)) {
      // Without a load there is nothing to say either way.
      holding.add(Notice.LOW_POWER_FACTOR);
    }
    return holding;
  }
}
