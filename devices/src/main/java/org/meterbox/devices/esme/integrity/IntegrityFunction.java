// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.integrity;

import java.util.List;
import java.util.Set;
import org.meterbox.devices.esme.condition.Condition;
import org.meterbox.devices.esme.condition.MeterCondition;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.esme.supply.SupplyState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.OctetWriter;

/**
 * Tells of tampering, wrong wiring and faults when they begin and when they end, and locks the
 * supply where the supply tamper state says so (SMETS 5.6.3.30; SRV 6.25). The supplier takes the
 * lock away by setting that state to unchanged; the supply then stays disabled until a command
 * enables it.
 */
public final class IntegrityFunction implements EsmeFunction {
  private static final CosemAttribute SUPPLY_TAMPER_STATE =
      CosemAttribute.of(1, "0-0:94.44.0.4", 2);

  /** An integrity warning, whose alert carries the number of the issue (MIIWA). */
  private static final int INTEGRITY_WARNING = 0x81A0;

  private static final MessageCode INTEGRITY_ALERT = new MessageCode(0x00F0);

  /** The firmware did not verify when the meter was switched on. */
  private static final int FIRMWARE_FAILED_AT_POWER_ON = 0x8F1B;

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(MeterCondition.CODEC);
  }

  @Override
  public void settingsChanged(Transition<EsmeState> transition, Set<CosemAttribute> changed) {
    boolean released =
        changed.contains(SUPPLY_TAMPER_STATE)
            && !transition.function().settings().isTrue(SUPPLY_TAMPER_STATE);
    boolean locked =
        transition
            .function()
            .part(SupplyState.class)
            .causes()
            .contains(SupplyState.Cause.TAMPER_LOCK);
    if (released && locked) {
      SupplyFunction.move(transition, SupplyEvent.TAMPER_LOCK_RELEASED);
    }
  }

  /**
   * Something begins to be the matter.
   *
   * @return whether it was not so before
   */
  public static boolean begin(Transition<EsmeState> transition, Condition condition) {
    if (MeterCondition.of(transition.function()).has(condition)) {
      return false;
    }
    transition.updateFunction(esme -> esme.with(MeterCondition.of(esme).with(condition)));
    condition.beginCode().ifPresent(code -> EsmeEvents.raise(transition, code));
    switch (condition.kind()) {
      case TAMPERING -> lock(transition);
      case FAULT -> warn(transition, condition.integrityIssue());
      case WIRING, LATENT -> {}
    }
    return true;
  }

  /**
   * Something ceases to be the matter.
   *
   * @return whether it was so before
   */
  public static boolean end(Transition<EsmeState> transition, Condition condition) {
    if (!MeterCondition.of(transition.function()).has(condition)) {
      return false;
    }
    transition.updateFunction(esme -> esme.with(without(MeterCondition.of(esme), condition)));
    condition.endCode().ifPresent(code -> EsmeEvents.raise(transition, code));
    return true;
  }

  /** A switch that moves again may fail again, and that is told again. */
  private static MeterCondition without(MeterCondition condition, Condition ended) {
    MeterCondition rest = condition.without(ended);
    if (ended == Condition.LOAD_SWITCH_STUCK) {
      return rest.without(Condition.LOAD_SWITCH_FAILURE_TOLD);
    }
    return ended == Condition.CONTROLLERS_STUCK
        ? rest.without(Condition.CONTROLLER_FAILURE_TOLD)
        : rest;
  }

  /** An integrity warning with its number. */
  public static void warn(Transition<EsmeState> transition, int issue) {
    EsmeEvents.raise(
        transition,
        INTEGRITY_WARNING,
        INTEGRITY_ALERT,
        new DlmsValue.OctetString(new OctetWriter(2).u16(issue).toOctets()));
  }

  /** The meter is switched on, and verifies its firmware. */
  public static void poweredUp(Transition<EsmeState> transition) {
    if (MeterCondition.of(transition.function()).has(Condition.FIRMWARE_DAMAGED)) {
      EsmeEvents.raise(transition, FIRMWARE_FAILED_AT_POWER_ON);
    }
  }

  private static void lock(Transition<EsmeState> transition) {
    EsmeState esme = transition.function();
    boolean already = esme.part(SupplyState.class).causes().contains(SupplyState.Cause.TAMPER_LOCK);
    if (esme.settings().isTrue(SUPPLY_TAMPER_STATE) && !already) {
      SupplyFunction.move(transition, SupplyEvent.TAMPERED_WHILE_LOCKED);
    }
  }
}
