// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.time.Instant;
import java.util.List;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.energy.LoadCurve;
import org.meterbox.devices.esme.home.HomeFunction;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.metering.MaximumDemands.Demand;
import org.meterbox.devices.esme.metering.Profiles.Readings;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.esme.tariff.RateInForce;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.machine.Transition;

/** Counts energy, and writes each half hour and each midnight what has been counted. */
public final class MeteringFunction implements EsmeFunction {
  private final Charging charging;

  /** Is told of each piece of energy that is counted, while it is counted. */
  @FunctionalInterface
  public interface Charging {
    /** Energy was counted, at a price. */
    void charge(Transition<EsmeState> transition, long wattHours, int price, int scale);
  }

  /** A metering function that tells what it counts to whoever charges for it. */
  public MeteringFunction(Charging charging) {
    this.charging = charging;
  }

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(Registers.CODEC, Profiles.codec(), DailyLogs.CODEC, MaximumDemands.CODEC);
  }

  @Override
  public List<String> useCases() {
    return MeteringObjects.USE_CASES;
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    MeteringObjects.addTo(objects);
  }

  @Override
  public void elapse(Transition<EsmeState> transition, Instant until) {
    Power power = MeteredPower.of(transition.function(), transition.now());
    if (power.equals(Power.NONE)) {
      return;
    }
    EsmeState esme = transition.function();
    long seconds = until.getEpochSecond() - transition.now().getEpochSecond();
    Registers counted =
        Registers.of(esme)
            .plus(
                power,
                seconds,
                esme.part(RateInForce.class),
                TariffPlan.of(esme.settings()),
                (wattHours, price, scale) -> charging.charge(transition, wattHours, price, scale));
    transition.updateFunction(changed -> changed.with(counted));
  }

  @Override
  public void due(Transition<EsmeState> transition) {
    Instant now = transition.now();
    EsmeState esme = transition.function();
    if (!HomeFunction.isHalfHour(now)
        || !esme.part(Profiles.class).activeImport().lastAt().isBefore(now)) {
      return;
    }
    Profiles before = esme.part(Profiles.class);
    transition.updateFunction(changed ->
        changed.with(before.atHalfHour(changed, now)).with(demands(changed, before, now)));
    if (DailyLogs.isMidnight(now)) {
      transition.updateFunction(
          changed -> changed.with(changed.part(DailyLogs.class).atMidnight(changed, now)));
    }
  }

  private static MaximumDemands demands(EsmeState esme, Profiles before, Instant now) {
    MaximumDemands demands = esme.part(MaximumDemands.class);
    if (before.begin().isEmpty()) {
      return demands;
    }
    Readings begin = before.begin().get();
    Registers end = Registers.of(esme);
    long imported = 2 * (end.importWattHours() - begin.primary() - begin.secondary());
    long exported = 2 * (end.exportWattHours() - begin.export());
    Instant began = now.minus(LoadCurve.STEP);
    boolean inWindow = DemandWindow.of(esme.settings()).covers(began);
    Demand window = demands.windowImport();
    return new MaximumDemands(
        demands.activeImport().orHigher(imported, now),
        inWindow ? window.orHigher(imported, now) : window,
        demands.activeExport().orHigher(exported, now));
  }
}
