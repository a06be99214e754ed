// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterbox.devices.energy.HomeLoad;
import org.meterbox.devices.energy.SupplyHistory;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * What an electricity meter holds beyond what all devices hold.
 *
 * @param load what the home draws
 * @param supply the load switch
 * @param history when the switch was open
 * @param clock what the meter thinks of its time
 * @param tariffs switching tables, oldest first; the last is in force
 * @param values attributes that are kept as they were written
 */
public record EsmeState(
    EsmeVariant variant,
    HomeLoad load,
    SupplyState supply,
    SupplyHistory history,
    ClockState clock,
    List<TariffInForce> tariffs,
    Map<CosemAttribute, DlmsValue> values) {
  /** Switching tables that are remembered for the registers: a change a week for ten years. */
  public static final int MAX_TARIFFS = 520;

  /** Copies the collections. */
  public EsmeState {
    tariffs = List.copyOf(tariffs);
    values = Map.copyOf(values);
    if (tariffs.isEmpty() || tariffs.size() > MAX_TARIFFS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a meter has 1 to %d tariffs", MAX_TARIFFS));
    }
  }

  /** With the switch moved at this time. */
  EsmeState withSupply(SupplyState changed, Instant now) {
    SupplyHistory longer = changed.isEnabled() ? history.on(now) : history.off(now);
    return new EsmeState(variant, load, changed, longer, clock, tariffs, values);
  }

  /** With another view of its time. */
  EsmeState withClock(ClockState changed) {
    return new EsmeState(variant, load, supply, history, changed, tariffs, values);
  }

  /** With another value of an attribute. */
  public EsmeState withValue(CosemAttribute attribute, DlmsValue value) {
    Map<CosemAttribute, DlmsValue> changed = new HashMap<>(values);
    changed.put(attribute, value);
    return new EsmeState(variant, load, supply, history, clock, tariffs, changed);
  }
}
