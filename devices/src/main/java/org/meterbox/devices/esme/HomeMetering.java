// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.energy.EnergyRegister;
import org.meterbox.devices.energy.HomeLoad;
import org.meterbox.devices.energy.LoadCurve;
import org.meterbox.devices.energy.RateRegisters;
import org.meterbox.devices.energy.RateRegisters.InForce;
import org.meterbox.devices.energy.RateRegisters.Readings;

/** What a meter measures in a home with its loads, switch and tariffs. */
public final class HomeMetering implements Metering {
  private final EsmeState state;
  private final HomeLoad load;
  private final EnergyRegister primary;
  private final EnergyRegister secondary;
  private final EnergyRegister reactive;
  private final EnergyRegister export;
  private final List<InForce> timetables;

  /** The measurements of a meter in this state. */
  public HomeMetering(EsmeState state) {
    this.state = state;
    this.load = state.load();
    this.primary = register(load.primary());
    this.secondary = register(load.secondary());
    this.reactive = register(load.reactive());
    this.export = register(load.generation());
    this.timetables =
        state.tariffs().stream()
            .map(tariff -> new InForce(tariff.since(), tariff.timetable()))
            .toList();
  }

  private EnergyRegister register(LoadCurve curve) {
    return new EnergyRegister(curve, load.start(), 0, state.history());
  }

  @Override
  public long activeImport(Instant at) {
    return primary.wattHours(at) + (isTwin() ? secondary.wattHours(at) : 0);
  }

  @Override
  public long secondaryActiveImport(Instant at) {
    return secondary.wattHours(at);
  }

  @Override
  public long reactiveImport(Instant at) {
    return reactive.wattHours(at);
  }

  @Override
  public long activeExport(Instant at) {
    return export.wattHours(at);
  }

  /** What little is generated here is generated without reactive power. */
  @Override
  public long reactiveExport(Instant at) {
    return 0;
  }

  @Override
  public int activePower(Instant at) {
    boolean secondaryRuns = isTwin() && state.supply().isEnabled();
    return primaryActivePower(at) + (secondaryRuns ? load.secondary().watts(at) : 0);
  }

  @Override
  public int primaryActivePower(Instant at) {
    return state.supply().isEnabled() ? load.primary().watts(at) : 0;
  }

  @Override
  public int averageVolts(Instant end, Duration period) {
    return load.voltage().averageVolts(end, period);
  }

  @Override
  public List<RegisterRead> registerReads(List<Instant> at) {
    List<Readings> rates = RateRegisters.primary(primary, timetables, at);
    List<Readings> secondaryRates =
        isTwin() ? RateRegisters.secondary(secondary, timetables, at) : List.of();
    List<RegisterRead> reads = new ArrayList<>();
    for (int i = 0; i < at.size(); i++) {
      Instant instant = at.get(i);
      Optional<RegisterRead.Secondary> second =
          isTwin()
              ? Optional.of(
                  new RegisterRead.Secondary(secondaryActiveImport(instant), secondaryRates.get(i)))
              : Optional.empty();
      reads.add(new RegisterRead(instant, activeImport(instant), rates.get(i), second));
    }
    return reads;
  }

  private boolean isTwin() {
    return state.variant() == EsmeVariant.TWIN_ELEMENT;
  }
}
