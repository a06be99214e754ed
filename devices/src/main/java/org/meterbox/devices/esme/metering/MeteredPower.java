// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.time.Instant;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.home.Mains;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.supply.SupplyState;

/** What flows through a meter: nothing while its switch is open or the network supplies nothing. */
public final class MeteredPower {
  private MeteredPower() {}

  /** The power from an instant on, until something changes. */
  public static Power of(EsmeState esme, Instant from) {
    Home home = esme.part(Home.class);
    boolean flows = esme.part(SupplyState.class).isEnabled() && home.outage().isEmpty();
    return flows ? Mains.power(esme, from) : Power.NONE;
  }
}
