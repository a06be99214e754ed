// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.valve;

import org.meterbox.devices.esme.supply.SupplyEvent;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.Transition;

/** What the sensors in a gas meter's case and pipe can tell (GBCS event codes). */
public enum CaseSensor {
  BATTERY_COVER_REMOVED(0x8F73, true),
  METER_COVER_REMOVED(0x8F74, true),
  MAGNETIC_FIELD(0x8F75, true),
  TERMINAL_COVER_REMOVED(0x8F76, true),
  SECOND_TERMINAL_COVER_REMOVED(0x8F77, true),
  OTHER_ACCESS(0x8F78, true),
  BATTERY_COVER_CLOSED(0x81A1, false),
  METER_COVER_CLOSED(0x81B9, false),
  MAGNETIC_FIELD_REMOVED(0x81BC, false),
  FLOW_ABOVE_CAPACITY(0x81B4, false),
  AIR_IN_FLOW(0x81B5, false),
  REVERSE_FLOW(0x81B6, false),
  TILT_ENDED(0x81C2, false),
  TILTED(0x81C3, false);

  private final int code;
  private final boolean tampering;

  CaseSensor(int code, boolean tampering) {
    this.code = code;
    this.tampering = tampering;
  }

  /** The event code. */
  public int code() {
    return code;
  }

  /**
   * Reports what it has sensed; tampering closes the valve where the supply tamper state says so.
   */
  public void report(Transition<GsmeState> transition) {
    GasEvents.raise(transition, code);
    boolean locks =
        GasSettings.of(transition.function()).number(GasAttribute.SUPPLY_TAMPER_STATE) == 0;
    if (tampering && locks) {
      ValveFunction.move(transition, SupplyEvent.TAMPERED_WHILE_LOCKED);
    }
  }
}
