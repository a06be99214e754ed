// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.loadlimit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.metering.MeteredPower;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.esme.supply.SupplySwitch;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;

/**
 * Compares the load with its limit. Above the threshold for the whole period the counter rises and
 * the supplier is told; where the settings say so the supply is disabled, then armed, and enabled
 * again after the restoration period. A threshold of zero means no limit.
 */
public final class LoadLimitFunction implements EsmeFunction {
  private static final CosemAttribute DISABLES = CosemAttribute.of(9000, "0-0:94.44.0.3", 2);
  private static final CosemAttribute THRESHOLD = CosemAttribute.of(71, "0-0:17.0.0.255", 4);
  private static final CosemAttribute PERIOD = CosemAttribute.of(71, "0-0:17.0.0.255", 6);
  private static final CosemAttribute RESTORATION = CosemAttribute.of(71, "0-0:17.0.0.255", 7);
  private static final CosemAttribute COUNTER = CosemAttribute.of(3, "0-0:94.44.42.255", 2);
  private static final CosemAttribute RESET = CosemAttribute.of(3, "0-0:94.44.42.255", 1);

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(LoadLimitState.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of("ECS27", "ECS28a", "ECS28b");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(
        COUNTER,
        (state, _) ->
            new Reading.Value(new UInt32(state.function().part(LoadLimitState.class).counter())));
    objects.acts(
        RESET,
        (transition, _) -> {
          transition.updateFunction(
              esme -> esme.with(esme.part(LoadLimitState.class).withCounter(0)));
          return AccessResult.SUCCESS;
        });
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    LoadLimitState limit = state.part(LoadLimitState.class);
    Instant next = limit.restoreAt().orElse(Instant.MAX);
    if (limit.aboveSince().isPresent() && !limit.triggered()) {
      Instant over = limit.aboveSince().get().plusSeconds(state.settings().number(PERIOD));
      next = over.isBefore(next) ? over : next;
    }
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    restore(transition);
    EsmeState esme = transition.function();
    Settings settings = esme.settings();
    LoadLimitState limit = esme.part(LoadLimitState.class);
    long threshold = settings.number(THRESHOLD);
    Instant now = transition.now();
    boolean above = threshold > 0 && MeteredPower.of(esme, now).activeImport() > threshold;
    Optional<Instant> since =
        above ? limit.aboveSince().or(() -> Optional.of(now)) : Optional.empty();
    LoadLimitState seen = limit.withAbove(since, above && limit.triggered());
    transition.updateFunction(changed -> changed.with(seen));
    if (above
        && !seen.triggered()
        && !since.orElse(now).plusSeconds(settings.number(PERIOD)).isAfter(now)) {
      trigger(transition, seen.withAbove(since, true), settings);
    }
  }

  private static void trigger(
      Transition<EsmeState> transition, LoadLimitState limit, Settings settings) {
    LoadLimitState counted = limit.withCounter(limit.counter() + 1);
    if (!settings.isTrue(DISABLES)) {
      transition.updateFunction(esme -> esme.with(counted));
      EsmeEvents.raise(transition, SupplySwitch.LOAD_ABOVE_LIMIT);
      return;
    }
    Instant restoreAt = transition.now().plusSeconds(settings.number(RESTORATION));
    transition.updateFunction(esme ->
        esme.with(
            counted.withAbove(Optional.empty(), false).withRestoreAt(Optional.of(restoreAt))));
    SupplyFunction.move(transition, SupplyEvent.LOAD_ABOVE_LIMIT);
  }

  /** The restoration period ends with itself, or when somebody enables the supply before. */
  private static void restore(Transition<EsmeState> transition) {
    EsmeState esme = transition.function();
    LoadLimitState limit = esme.part(LoadLimitState.class);
    boolean enabled = esme.part(SupplyState.class).isEnabled();
    boolean over = limit.restoreAt().filter(at -> !at.isAfter(transition.now())).isPresent();
    if (limit.restoreAt().isPresent() && (enabled || over)) {
      transition.updateFunction(changed -> changed.with(limit.withRestoreAt(Optional.empty())));
      if (!enabled) {
        SupplyFunction.move(transition, SupplyEvent.RESTORATION_PERIOD_OVER);
      }
    }
  }
}
