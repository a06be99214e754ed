// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.supply;

import java.util.List;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.condition.Condition;
import org.meterbox.devices.esme.condition.MeterCondition;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/** The load switch: its state, and the scripts that move it. */
public final class SupplyFunction implements EsmeFunction {
  private static final CosemAttribute STATE = CosemAttribute.of(70, "0-0:96.3.10.255", 3);
  private static final CosemAttribute SCRIPTS = CosemAttribute.of(9, "0-0:10.0.106.255", 1);

  private static final int ENABLE_SCRIPT = 51;
  private static final int DISABLE_SCRIPT = 52;
  private static final int ARM_SCRIPT = 54;

  /** The switch did not close. */
  private static final int CONNECT_FAILURE = 0x81BD;

  /** The switch did not open. */
  private static final int DISCONNECT_FAILURE = 0x81C0;

  /** Enable supply, among the commands of the user interface. */
  private static final int ENABLE_AT_METER = 0x000E;

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(SupplyState.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of("ECS42", "ECS43", "ECS44", "ECS45");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(STATE, SupplyFunction::state).acts(SCRIPTS, SupplyFunction::runScript);
  }

  private static Reading state(DeviceState<EsmeState> state, Query query) {
    SupplyState supply = state.function().part(SupplyState.class);
    return new Reading.Value(new DlmsValue.Enumerated(supply.position().number()));
  }

  private static AccessResult runScript(Transition<EsmeState> transition, DlmsValue script) {
    if (!(script instanceof DlmsValue.UInt16(int number))) {
      return AccessResult.TYPE_UNMATCHED;
    }
    return switch (number) {
      case ENABLE_SCRIPT -> byCommand(transition, SupplyEvent.ENABLED_REMOTELY);
      case DISABLE_SCRIPT -> byCommand(transition, SupplyEvent.DISABLED_REMOTELY);
      case ARM_SCRIPT -> byCommand(transition, SupplyEvent.ARMED_REMOTELY);
      default -> AccessResult.OBJECT_UNDEFINED;
    };
  }

  private static AccessResult byCommand(Transition<EsmeState> transition, SupplyEvent event) {
    return move(transition, event) ? AccessResult.SUCCESS : AccessResult.TEMPORARY_FAILURE;
  }

  /**
   * Moves the load switch, and raises what there is to say of it. A switch that is stuck stays as
   * it was, which is told once.
   *
   * @return whether the event was accepted; where not, the switch stays as it was
   */
  public static boolean move(Transition<EsmeState> transition, SupplyEvent event) {
    SupplyState before = transition.function().part(SupplyState.class);
    SupplySwitch.Outcome outcome = SupplySwitch.apply(before, event);
    boolean moves = outcome.state().isEnabled() != before.isEnabled();
    if (moves && MeterCondition.of(transition.function()).has(Condition.LOAD_SWITCH_STUCK)) {
      tellFailure(transition, before.isEnabled() ? DISCONNECT_FAILURE : CONNECT_FAILURE);
      return false;
    }
    transition.updateFunction(esme -> esme.with(outcome.state()));
    Octets other =
        event == SupplyEvent.ENABLED_AT_METER
            ? new OctetWriter(2).u16(ENABLE_AT_METER).toOctets()
            : Octets.EMPTY;
    outcome.codes().forEach(code -> EsmeEvents.raise(transition, code, other));
    return outcome.accepted();
  }

  private static void tellFailure(Transition<EsmeState> transition, int code) {
    MeterCondition condition = MeterCondition.of(transition.function());
    if (!condition.has(Condition.LOAD_SWITCH_FAILURE_TOLD)) {
      transition.updateFunction(
          esme -> esme.with(condition.with(Condition.LOAD_SWITCH_FAILURE_TOLD)));
      EsmeEvents.raise(transition, code);
    }
  }
}
