// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.energy;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.devices.energy.SupplyHistory.Interruption;

/**
 * A cumulative register in whole Wh (or varh): what the load has drawn since the register started,
 * without the time in which the supply was off. It never falls, and any past value can be computed.
 */
public final class EnergyRegister {
  private static final long JOULES_PER_WATT_HOUR = 3_600;

  private final LoadCurve curve;
  private final Instant start;
  private final long startWattHours;
  private final SupplyHistory history;

  /**
   * A register.
   *
   * @param start since when it counts; before, it shows its start value
   * @param startWattHours what it showed then
   */
  public EnergyRegister(
      LoadCurve curve, Instant start, long startWattHours, SupplyHistory history) {
    this.curve = curve;
    this.start = start;
    this.startWattHours = startWattHours;
    this.history = history;
  }

  /** What the register shows at an instant, in Wh. */
  public long wattHours(Instant at) {
    if (!at.isAfter(start)) {
      return startWattHours;
    }
    long joules = curve.joules(start, at);
    for (Interruption off : history.until(at)) {
      Optional<Interruption> counted = sinceStart(off);
      if (counted.isPresent()) {
        joules -= curve.joules(counted.get().from(), counted.get().to());
      }
    }
    return startWattHours + joules / JOULES_PER_WATT_HOUR;
  }

  /** What the register counts from one instant to another, in Wh. Spans add up without a rest. */
  public long wattHours(Instant from, Instant to) {
    return wattHours(to) - wattHours(from);
  }

  private Optional<Interruption> sinceStart(Interruption off) {
    if (!off.to().isAfter(start)) {
      return Optional.empty();
    }
    return Optional.of(new Interruption(off.from().isBefore(start) ? start : off.from(), off.to()));
  }
}
