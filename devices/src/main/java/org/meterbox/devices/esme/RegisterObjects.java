// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;
import org.meterbox.devices.cosem.Change;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.energy.RateRegisters;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.OctetString;
import org.meterbox.gbcs.dlms.DlmsValue.Structure;
import org.meterbox.gbcs.dlms.DlmsValue.UInt16;
import org.meterbox.kernel.Octets;

/** Registers as COSEM objects: energy, power, rates, maximum demand, balances. */
final class RegisterObjects {
  private static final CosemAttribute IMPORT = CosemAttribute.of(1, "0-0:94.44.34.10", 2);
  private static final CosemAttribute POWER = CosemAttribute.of(1, "0-0:94.44.34.20", 2);
  private static final CosemAttribute RATES = CosemAttribute.of(1, "0-0:94.44.34.1", 2);
  private static final CosemAttribute BLOCKS = CosemAttribute.of(1, "0-0:94.44.34.2", 2);
  private static final CosemAttribute BALANCES = CosemAttribute.of(1, "0-0:94.44.34.30", 2);
  private static final String ACTIVE_EXPORT = "1-0:2.8.0.255";
  private static final String REACTIVE_EXPORT = "1-0:4.8.0.255";

  /** Meter balance, emergency credit, accumulated debt, time debts 1 and 2, payment debt. */
  private static final List<CosemAttribute> BALANCE_PARTS =
      List.of(
          CosemAttribute.of(112, "0-0:19.10.0.255", 2),
          CosemAttribute.of(112, "0-0:19.10.1.255", 2),
          CosemAttribute.of(112, "0-0:19.10.2.255", 2),
          CosemAttribute.of(113, "0-0:19.20.1.255", 2),
          CosemAttribute.of(113, "0-0:19.20.2.255", 2),
          CosemAttribute.of(113, "0-0:19.20.3.255", 2));

  private static final CosemAttribute DEMAND_WINDOW = CosemAttribute.of(10, "0-0:12.0.0.255", 2);

  private static final int UNIT_WATT = 27;
  private static final int UNIT_WATT_HOUR = 30;
  private static final int UNIT_VAR_HOUR = 32;
  private static final int WINDOW_START_SCRIPT = 1;
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final DlmsValue NO_BALANCE = new DlmsValue.Int32(0);

  private final Function<EsmeState, Metering> metering;

  private RegisterObjects(Function<EsmeState, Metering> metering) {
    this.metering = metering;
  }

  static void addTo(CosemObjects<EsmeState> objects, Function<EsmeState, Metering> metering) {
    RegisterObjects registers = new RegisterObjects(metering);
    objects.reads(IMPORT, registers.value(RegisterObjects::importRegisters));
    objects.reads(POWER, registers.value(RegisterObjects::power));
    objects.reads(RATES, registers::rates);
    objects.reads(BLOCKS, registers::blocks);
    objects.reads(BALANCES, RegisterObjects::balances);
    registers.addRegister(objects, ACTIVE_EXPORT, UNIT_WATT_HOUR, Metering::activeExport);
    registers.addRegister(objects, REACTIVE_EXPORT, UNIT_VAR_HOUR, Metering::reactiveExport);
    registers.addDemand(
        objects, "1-0:1.6.0.255", "0-0:94.44.5.0", Metering::activeImport, state -> _ -> true);
    registers.addDemand(
        objects,
        "1-0:1.6.1.255",
        "0-0:94.44.5.1",
        Metering::activeImport,
        RegisterObjects::withinDemandWindow);
    registers.addDemand(
        objects, "1-0:2.6.0.255", "0-0:94.44.5.2", Metering::activeExport, state -> _ -> true);
  }

  private CosemObjects.Reader<EsmeState> value(BiFunction<EsmeState, Reader, DlmsValue> read) {
    return (state, query) ->
        new Reading.Value(
            read.apply(
                state.function(), new Reader(metering.apply(state.function()), query.now())));
  }

  /** A meter at an instant. */
  private record Reader(Metering meter, Instant now) {
    DlmsValue uint(ToLongBiFunction<Metering, Instant> register) {
      return new DlmsValue.UInt32(register.applyAsLong(meter, now));
    }
  }

  private static DlmsValue importRegisters(EsmeState esme, Reader reader) {
    List<DlmsValue> parts = new ArrayList<>();
    parts.add(reader.uint(Metering::activeImport));
    parts.add(unit(UNIT_WATT_HOUR));
    parts.add(reader.uint(Metering::reactiveImport));
    parts.add(unit(UNIT_VAR_HOUR));
    if (esme.variant() == EsmeVariant.TWIN_ELEMENT) {
      parts.add(reader.uint(Metering::secondaryActiveImport));
    }
    return new Structure(parts);
  }

  private static DlmsValue power(EsmeState esme, Reader reader) {
    return DlmsValue.structure(
        reader.uint(Metering::activePower),
        unit(UNIT_WATT),
        reader.uint(Metering::primaryActivePower));
  }

  private Reading rates(DeviceState<EsmeState> state, Query query) {
    RegisterRead read = readNow(state, query);
    List<DlmsValue> parts = new ArrayList<>();
    parts.add(RegisterRead.numbers(read.primary().tou()));
    read.secondary().ifPresent(second -> parts.add(RegisterRead.numbers(second.rates().tou())));
    return new Reading.Value(new Structure(parts));
  }

  /** For each block the registers of eight rates, then their counters. */
  private Reading blocks(DeviceState<EsmeState> state, Query query) {
    List<Long> registers = readNow(state, query).primary().blocks();
    List<Long> values = new ArrayList<>();
    for (int block = 0; block < RateRegisters.BLOCKS; block++) {
      int from = block * RateRegisters.BLOCK_RATES;
      List<Long> ofBlock = registers.subList(from, from + RateRegisters.BLOCK_RATES);
      values.addAll(ofBlock);
      values.addAll(ofBlock);
    }
    return new Reading.Value(DlmsValue.structure(RegisterRead.numbers(values)));
  }

  private RegisterRead readNow(DeviceState<EsmeState> state, Query query) {
    return metering.apply(state.function()).registerReads(List.of(query.now())).getFirst();
  }

  private static Reading balances(DeviceState<EsmeState> state, Query query) {
    return new Reading.Value(
        new Structure(
            BALANCE_PARTS.stream()
                .map(part -> state.function().values().getOrDefault(part, NO_BALANCE))
                .toList()));
  }

  private void addRegister(
      CosemObjects<EsmeState> objects,
      String object,
      int unit,
      ToLongBiFunction<Metering, Instant> register) {
    objects.reads(CosemAttribute.of(3, object, 2), value((esme, reader) -> reader.uint(register)));
    objects.reads(CosemAttribute.of(3, object, 3), value((esme, reader) -> unit(unit)));
  }

  private record Demand(int watts, Instant at) {}

  /** A maximum demand register (class 4) with its reset time beside it. */
  private void addDemand(
      CosemObjects<EsmeState> objects,
      String object,
      String resetObject,
      ToLongBiFunction<Metering, Instant> register,
      Function<EsmeState, Predicate<Instant>> counted) {
    CosemAttribute reset = CosemAttribute.of(1, resetObject, 2);
    BiFunction<EsmeState, Reader, Demand> demand =
        (esme, reader) -> highest(reader, register, since(esme, reset), counted.apply(esme));
    objects.reads(
        CosemAttribute.of(4, object, 2),
        value((esme, r) -> new DlmsValue.UInt32(demand.apply(esme, r).watts())));
    objects.reads(CosemAttribute.of(4, object, 3), value((esme, r) -> unit(UNIT_WATT)));
    objects.reads(
        CosemAttribute.of(4, object, 5),
        value((esme, r) -> DlmsDateTime.of(demand.apply(esme, r).at()).toValue()));
    objects.acts(
        CosemAttribute.of(4, object, 1),
        (state, _, now) ->
            Change.done(
                state.withFunction(
                    state.function().withValue(reset, DlmsDateTime.of(now).toValue())),
                List.of()));
  }

  /** The half hour with the highest average, complete and begun since the last reset. */
  private static Demand highest(
      Reader reader,
      ToLongBiFunction<Metering, Instant> register,
      Instant since,
      Predicate<Instant> counted) {
    Demand highest = new Demand(0, since);
    Instant begin = HalfHours.firstBeginFrom(since);
    for (Instant end = begin.plus(HALF_HOUR); !end.isAfter(reader.now()); ) {
      if (counted.test(begin)) {
        long wattHours =
            register.applyAsLong(reader.meter(), end) - register.applyAsLong(reader.meter(), begin);
        int watts = (int) (2 * wattHours);
        highest = watts > highest.watts() ? new Demand(watts, end) : highest;
      }
      begin = end;
      end = end.plus(HALF_HOUR);
    }
    return highest;
  }

  private static Instant since(EsmeState esme, CosemAttribute reset) {
    return Optional.ofNullable(esme.values().get(reset))
        .flatMap(DlmsDateTime::of)
        .flatMap(DlmsDateTime::instant)
        .orElse(esme.load().start());
  }

  /** Script 1 begins the daily window and script 2 ends it; it may go over midnight. */
  private static Predicate<Instant> withinDemandWindow(EsmeState esme) {
    Optional<LocalTime> start = Optional.empty();
    Optional<LocalTime> end = Optional.empty();
    if (esme.values().get(DEMAND_WINDOW) instanceof DlmsValue.ArrayOf(List<DlmsValue> entries)) {
      for (DlmsValue entry : entries) {
        if (entry instanceof Structure(List<DlmsValue> parts)
            && parts.size() == 10
            && parts.get(3) instanceof UInt16(int script)
            && parts.get(4) instanceof OctetString(Octets time)) {
          if (script == WINDOW_START_SCRIPT) {
            start = CosemTimetable.time(time);
          } else {
            end = CosemTimetable.time(time);
          }
        }
      }
    }
    LocalTime from = start.orElse(LocalTime.MIDNIGHT);
    LocalTime to = end.orElse(LocalTime.MIDNIGHT);
    return instant -> {
      LocalTime time = LocalTime.ofInstant(instant, ZoneOffset.UTC);
      boolean afterStart = !time.isBefore(from);
      boolean beforeEnd = time.isBefore(to);
      return from.isBefore(to) ? afterStart && beforeEnd : afterStart || beforeEnd;
    };
  }

  private static DlmsValue unit(int unit) {
    return DlmsValue.structure(new DlmsValue.Int8(0), new DlmsValue.Enumerated(unit));
  }
}
