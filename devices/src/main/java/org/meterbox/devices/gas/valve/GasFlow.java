// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.valve;

import java.time.Instant;
import org.meterbox.devices.gas.home.GasHome;
import org.meterbox.devices.gas.state.GsmeState;

/** How much gas flows through a meter. */
public final class GasFlow {
  private GasFlow() {}

  /** What flows from an instant on, in litres an hour, until something changes. */
  public static int at(GsmeState gsme, Instant from) {
    ValveState valve = ValveState.of(gsme);
    if (!valve.isOpen()) {
      return 0;
    }
    GasHome home = gsme.part(GasHome.class);
    // While the meter looks for a leak, the consumer has nothing burn.
    return home.leak() + (valve.leakTest().isPresent() ? 0 : home.appliances(from));
  }
}
