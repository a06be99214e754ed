// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.tariff;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.CosemAttribute;

/**
 * Switches from rate to rate as the tariff's tables say. The tables themselves are settings, which
 * take effect at once or at a later time.
 */
public final class TariffFunction implements EsmeFunction {
  private static final Set<Integer> CALENDAR_CLASSES = Set.of(11, 20);

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(RateInForce.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of("ECS01a", "ECS01b", "ECS01c", "ECS01d", "ECS24", "ECS24b");
  }

  @Override
  public Instant next(EsmeState state, Instant after) {
    Instant next = state.part(RateInForce.class).nextLook();
    return next.isAfter(after) ? next : after.plusSeconds(1);
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    if (!transition.function().part(RateInForce.class).nextLook().isAfter(transition.now())) {
      look(transition);
    }
  }

  @Override
  public void settingsChanged(Transition<EsmeState> transition, Set<CosemAttribute> changed) {
    if (changed.stream().anyMatch(a -> CALENDAR_CLASSES.contains(a.classId()))) {
      look(transition);
    }
  }

  private static void look(Transition<EsmeState> transition) {
    transition.updateFunction(
        esme -> esme.with(RateInForce.at(esme, esme.part(RateInForce.class), transition.now())));
  }
}
