// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.meterbox.devices.cosem.Change;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.kernel.Octets;

/** The attributes and methods of an electricity meter (GBCS use case tables; SMETS 5.7). */
final class EsmeObjects {
  /** Midnight snapshots in the daily read log. */
  static final int DAILY_READ_ENTRIES = 31;

  static final CosemAttribute FIRMWARE_VERSION = CosemAttribute.of(1, "0-0:0.2.1.255", 2);
  static final CosemAttribute IMPORT_REGISTERS = CosemAttribute.of(1, "0-0:94.44.34.10", 2);
  static final CosemAttribute DAILY_READ_LOG = CosemAttribute.of(7, "0-0:98.1.9.255", 2);
  static final CosemAttribute SUPPLY_STATE = CosemAttribute.of(70, "0-0:96.3.10.255", 3);
  static final CosemAttribute SUPPLY_SCRIPTS = CosemAttribute.of(9, "0-0:10.0.106.255", 1);

  private static final int ENABLE_SCRIPT = 51;
  private static final int DISABLE_SCRIPT = 52;
  private static final int ARM_SCRIPT = 54;

  private static final int UNIT_WATT_HOUR = 30;
  private static final int UNIT_VAR_HOUR = 32;

  private final Function<EsmeState, Metering> metering;

  private EsmeObjects(Function<EsmeState, Metering> metering) {
    this.metering = metering;
  }

  /** All objects, with registers that show what the metering says. */
  static CosemObjects<EsmeState> with(Function<EsmeState, Metering> metering) {
    EsmeObjects esme = new EsmeObjects(metering);
    return new CosemObjects<EsmeState>()
        .reads(FIRMWARE_VERSION, StoredValues.reader(FIRMWARE_VERSION, EsmeState::values))
        .reads(IMPORT_REGISTERS, esme::importRegisters)
        .reads(DAILY_READ_LOG, esme::dailyReadLog)
        .reads(SUPPLY_STATE, EsmeObjects::supplyState)
        .acts(SUPPLY_SCRIPTS, EsmeObjects::runSupplyScript);
  }

  private Reading importRegisters(DeviceState<EsmeState> state, Query query) {
    Metering meter = metering.apply(state.function());
    List<DlmsValue> parts = new ArrayList<>();
    parts.add(new DlmsValue.UInt32(meter.activeImport(query.now())));
    parts.add(scaledBy(0, UNIT_WATT_HOUR));
    parts.add(new DlmsValue.UInt32(meter.reactiveImport(query.now())));
    parts.add(scaledBy(0, UNIT_VAR_HOUR));
    if (state.function().variant() == EsmeVariant.TWIN_ELEMENT) {
      parts.add(new DlmsValue.UInt32(meter.secondaryActiveImport(query.now())));
    }
    return new Reading.Value(new DlmsValue.Structure(parts));
  }

  private Reading dailyReadLog(DeviceState<EsmeState> state, Query query) {
    EsmeState esme = state.function();
    Instant midnight = query.now().truncatedTo(ChronoUnit.DAYS);
    List<Instant> midnights = new ArrayList<>();
    for (int back = DAILY_READ_ENTRIES - 1; back >= 0; back--) {
      Instant at = midnight.minus(back, ChronoUnit.DAYS);
      if (at.isAfter(esme.load().start()) && query.covers(at)) {
        midnights.add(at);
      }
    }
    List<RegisterRead> entries = metering.apply(esme).registerReads(midnights);
    return new Reading.Value(RegisterRead.toValue(entries, esme.variant()));
  }

  private static Reading supplyState(DeviceState<EsmeState> state, Query query) {
    return new Reading.Value(
        new DlmsValue.Enumerated(state.function().supply().position().number()));
  }

  private static Change<EsmeState> runSupplyScript(
      DeviceState<EsmeState> state, DlmsValue script, Instant now) {
    if (!(script instanceof DlmsValue.UInt16(int number))) {
      return Change.denied(state, AccessResult.TYPE_UNMATCHED);
    }
    return switch (number) {
      case ENABLE_SCRIPT -> moveSwitch(state, SupplyEvent.ENABLED_REMOTELY, now);
      case DISABLE_SCRIPT -> moveSwitch(state, SupplyEvent.DISABLED_REMOTELY, now);
      case ARM_SCRIPT -> moveSwitch(state, SupplyEvent.ARMED_REMOTELY, now);
      default -> Change.denied(state, AccessResult.OBJECT_UNDEFINED);
    };
  }

  /** Moves the load switch, and writes what the event log says of it. */
  static Change<EsmeState> moveSwitch(
      DeviceState<EsmeState> state, SupplyEvent event, Instant now) {
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

  private static DlmsValue scaledBy(int powerOfTen, int unit) {
    return DlmsValue.structure(new DlmsValue.Int8(powerOfTen), new DlmsValue.Enumerated(unit));
  }
}
