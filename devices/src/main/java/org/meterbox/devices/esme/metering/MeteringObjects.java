// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.home.Power;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.esme.metering.MaximumDemands.Demand;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.tariff.TariffPlan;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;

/** Registers and their logs as COSEM objects: energy, power, rates, profiles, maximum demand. */
final class MeteringObjects {
  static final List<String> USE_CASES =
      List.of(
          "ECS05", "ECS17a", "ECS17b", "ECS17c", "ECS17d", "ECS17e", "ECS18a", "ECS18b", "ECS21a",
          "ECS21c", "ECS22a", "ECS22b", "ECS22c", "ECS37", "ECS57", "ECS66");

  private static final CosemAttribute IMPORT = CosemAttribute.of(1, "0-0:94.44.34.10", 2);
  private static final CosemAttribute POWER = CosemAttribute.of(1, "0-0:94.44.34.20", 2);
  private static final CosemAttribute RATES = CosemAttribute.of(1, "0-0:94.44.34.1", 2);
  private static final CosemAttribute BLOCKS = CosemAttribute.of(1, "0-0:94.44.34.2", 2);
  private static final CosemAttribute RESET_SCRIPT = CosemAttribute.of(9, "0-0:10.0.100.255", 1);
  private static final DlmsValue RESET_BLOCK_COUNTERS = new DlmsValue.UInt16(99);

  private static final int UNIT_WATT = 27;
  private static final int UNIT_WATT_HOUR = 30;
  private static final int UNIT_VAR_HOUR = 32;

  private MeteringObjects() {}

  static void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(IMPORT, (state, _) -> importRegisters(state.function()));
    objects.reads(POWER, MeteringObjects::power);
    objects.reads(RATES, (state, _) -> rates(state.function()));
    objects.reads(BLOCKS, (state, _) -> blocks(state.function()));
    objects.acts(RESET_SCRIPT, MeteringObjects::resetBlockCounters);
    addRegister(objects, "1-0:2.8.0.255", UNIT_WATT_HOUR, Registers::exportWattHours);
    addRegister(objects, "1-0:4.8.0.255", UNIT_VAR_HOUR, Registers::reactiveExportVarHours);
    addLogs(objects);
    addDemand(
        objects,
        "1-0:1.6.0.255",
        "0-0:94.44.5.0",
        MaximumDemands::activeImport,
        (all, one) -> new MaximumDemands(one, all.windowImport(), all.activeExport()));
    addDemand(
        objects,
        "1-0:1.6.1.255",
        "0-0:94.44.5.1",
        MaximumDemands::windowImport,
        (all, one) -> new MaximumDemands(all.activeImport(), one, all.activeExport()));
    addDemand(
        objects,
        "1-0:2.6.0.255",
        "0-0:94.44.5.2",
        MaximumDemands::activeExport,
        (all, one) -> new MaximumDemands(all.activeImport(), all.windowImport(), one));
  }

  private static Reading importRegisters(EsmeState esme) {
    Registers registers = Registers.of(esme);
    List<DlmsValue> parts = new ArrayList<>();
    parts.add(new UInt32(registers.importWattHours()));
    parts.add(unit(UNIT_WATT_HOUR));
    parts.add(new UInt32(registers.reactiveImportVarHours()));
    parts.add(unit(UNIT_VAR_HOUR));
    if (esme.variant() == EsmeVariant.TWIN_ELEMENT) {
      parts.add(new UInt32(registers.secondaryWattHours()));
    }
    return new Reading.Value(new Structure(parts));
  }

  private static Reading power(DeviceState<EsmeState> state, Query query) {
    Power power = MeteredPower.of(state.function(), query.now());
    return new Reading.Value(
        DlmsValue.structure(
            new UInt32(power.activeImport()), unit(UNIT_WATT), new UInt32(power.primary())));
  }

  private static Reading rates(EsmeState esme) {
    Registers registers = Registers.of(esme);
    List<DlmsValue> parts = new ArrayList<>();
    parts.add(RegisterRead.numbers(registers.tou().toList()));
    if (esme.variant() == EsmeVariant.TWIN_ELEMENT) {
      parts.add(RegisterRead.numbers(registers.secondaryTou().toList()));
    }
    return new Reading.Value(new Structure(parts));
  }

  /** For each block the registers of eight rates, then their counters. */
  private static Reading blocks(EsmeState esme) {
    Registers registers = Registers.of(esme);
    List<Long> values = new ArrayList<>();
    for (int block = 0; block < TariffPlan.BLOCKS; block++) {
      int from = block * TariffPlan.BLOCK_RATES;
      int to = from + TariffPlan.BLOCK_RATES;
      values.addAll(registers.blocks().toList().subList(from, to));
      values.addAll(registers.blockCounters().toList().subList(from, to));
    }
    return new Reading.Value(DlmsValue.structure(RegisterRead.numbers(values)));
  }

  private static AccessResult resetBlockCounters(
      Transition<EsmeState> transition, DlmsValue script) {
    if (!script.equals(RESET_BLOCK_COUNTERS)) {
      return AccessResult.OBJECT_UNDEFINED;
    }
    transition.updateFunction(esme -> esme.with(Registers.of(esme).withoutBlockCounters()));
    return AccessResult.SUCCESS;
  }

  private static void addRegister(
      CosemObjects<EsmeState> objects,
      String object,
      int unit,
      ToLongFunction<Registers> register) {
    objects.reads(
        CosemAttribute.of(3, object, 2),
        (state, _) ->
            new Reading.Value(new UInt32(register.applyAsLong(Registers.of(state.function())))));
    objects.reads(CosemAttribute.of(3, object, 3), (_, _) -> new Reading.Value(unit(unit)));
  }

  private static void addLogs(CosemObjects<EsmeState> objects) {
    objects.reads(
        log("0-0:98.1.9.255"),
        (state, query) ->
            new Reading.Value(
                RegisterRead.toValue(
                    state.function().part(DailyLogs.class).reads().stream()
                        .filter(read -> query.covers(read.at()))
                        .toList(),
                    state.function().variant())));
    addLog(objects, "0-0:98.1.10.255", esme -> esme.part(DailyLogs.class).export());
    addLog(objects, "0-0:99.1.3.255", esme -> esme.part(DailyLogs.class).consumption());
    addLog(objects, "0-0:99.1.0.255", esme -> esme.part(Profiles.class).activeImport());
    addLog(objects, "0-0:99.1.1.255", esme -> esme.part(Profiles.class).export());
    addLog(objects, "0-0:99.1.2.255", esme -> esme.part(Profiles.class).reactiveImport());
  }

  private static void addLog(
      CosemObjects<EsmeState> objects, String object, Function<EsmeState, SampleLog> log) {
    objects.reads(log(object), (state, query) -> log.apply(state.function()).reading(query));
  }

  private static CosemAttribute log(String object) {
    return CosemAttribute.of(7, object, 2);
  }

  /** A maximum demand register (class 4) with its reset time beside it. */
  private static void addDemand(
      CosemObjects<EsmeState> objects,
      String object,
      String resetObject,
      Function<MaximumDemands, Demand> demand,
      BiFunction<MaximumDemands, Demand, MaximumDemands> with) {
    CosemAttribute reset = CosemAttribute.of(1, resetObject, 2);
    Function<DeviceState<EsmeState>, Demand> of =
        state -> demand.apply(state.function().part(MaximumDemands.class));
    objects.reads(
        CosemAttribute.of(4, object, 2),
        (state, _) -> new Reading.Value(new UInt32(of.apply(state).watts())));
    objects.reads(CosemAttribute.of(4, object, 3), (_, _) -> new Reading.Value(unit(UNIT_WATT)));
    objects.reads(
        CosemAttribute.of(4, object, 5),
        (state, _) -> new Reading.Value(DlmsDateTime.of(of.apply(state).at()).toValue()));
    objects.acts(
        CosemAttribute.of(4, object, 1),
        (transition, _) -> {
          Demand none = new Demand(0, transition.now());
          transition.updateFunction(esme ->
              esme.with(with.apply(esme.part(MaximumDemands.class), none))
                  .withValue(reset, DlmsDateTime.of(transition.now()).toValue()));
          return AccessResult.SUCCESS;
        });
  }

  private static DlmsValue unit(int unit) {
    return DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(unit));
  }
}
