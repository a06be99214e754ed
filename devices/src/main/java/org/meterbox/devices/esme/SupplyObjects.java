// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import org.meterbox.devices.cosem.Change;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** The load switch as COSEM objects: its state, and the scripts that move it. */
final class SupplyObjects {
  private static final CosemAttribute STATE = CosemAttribute.of(70, "0-0:96.3.10.255", 3);
  private static final CosemAttribute SCRIPTS = CosemAttribute.of(9, "0-0:10.0.106.255", 1);

  private static final int ENABLE_SCRIPT = 51;
  private static final int DISABLE_SCRIPT = 52;
  private static final int ARM_SCRIPT = 54;

  private SupplyObjects() {}

  static void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(STATE, SupplyObjects::state).acts(SCRIPTS, SupplyObjects::runScript);
  }

  private static Reading state(DeviceState<EsmeState> state, Query query) {
    return new Reading.Value(
        new DlmsValue.Enumerated(state.function().supply().position().number()));
  }

  private static Change<EsmeState> runScript(
      DeviceState<EsmeState> state, DlmsValue script, Instant now) {
    if (!(script instanceof DlmsValue.UInt16(int number))) {
      return Change.denied(state, AccessResult.TYPE_UNMATCHED);
    }
    return switch (number) {
      case ENABLE_SCRIPT -> move(state, SupplyEvent.ENABLED_REMOTELY, now);
      case DISABLE_SCRIPT -> move(state, SupplyEvent.DISABLED_REMOTELY, now);
      case ARM_SCRIPT -> move(state, SupplyEvent.ARMED_REMOTELY, now);
      default -> Change.denied(state, AccessResult.OBJECT_UNDEFINED);
    };
  }

  /** Moves the load switch, and writes what the event log says of it. */
  static Change<EsmeState> move(DeviceState<EsmeState> state, SupplyEvent event, Instant now) {
    SupplySwitch.Outcome outcome = SupplySwitch.apply(state.function().supply(), event);
    if (!outcome.accepted()) {
      return Change.denied(state, AccessResult.TEMPORARY_FAILURE);
    }
    DeviceState<EsmeState> moved =
        state.withFunction(state.function().withSupply(outcome.state(), now));
    for (int code : outcome.codes()) {
      moved = moved.withEventEntry(new LogEntry(now, code, Octets.EMPTY));
    }
    return Change.done(
        moved, outcome.codes().stream().<DeviceEvent>map(DeviceEvent.Logged::new).toList());
  }
}
