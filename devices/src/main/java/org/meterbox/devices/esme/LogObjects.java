// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.meterbox.devices.cosem.Change;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.machine.CircularLog;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.CompactArray;
import org.meterbox.gbcs.dlms.DlmsValue.UInt32;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.kernel.Octets;

/** Logs as COSEM objects (class 7). An empty log is read with success. */
final class LogObjects {
  /** Entries that one answer carries at most, so that it stays below the longest GBCS message. */
  static final int MAX_OCTETS = 60_000;

  private static final int DAILY_READS = 31;
  private static final int IMPORT_HALF_HOURS = 19_056;
  private static final int OTHER_HALF_HOURS = 4_464;
  private static final int DAILY_CONSUMPTIONS = 731;
  private static final int VOLTAGE_AVERAGES = 4_320;

  private static final Duration DAY = Duration.ofDays(1);
  private static final int EVENT_LOG_CLEARED = 0x8F52;

  private static final CosemAttribute VOLTAGE_PERIOD = CosemAttribute.of(7, "1-0:32.24.0.255", 4);
  private static final long MIN_VOLTAGE_PERIOD_SECONDS = 1;

  private static final TypeDescription UINT32 = new TypeDescription.Simple(0x06);
  private static final TypeDescription INT32 = new TypeDescription.Simple(0x05);
  private static final TypeDescription UINT16 = new TypeDescription.Simple(0x12);
  private static final TypeDescription OCTET_STRING = new TypeDescription.Simple(0x09);

  private final Function<EsmeState, Metering> metering;

  private LogObjects(Function<EsmeState, Metering> metering) {
    this.metering = metering;
  }

  static void addTo(CosemObjects<EsmeState> objects, Function<EsmeState, Metering> metering) {
    LogObjects logs = new LogObjects(metering);
    objects.reads(log("0-0:98.1.9.255"), logs::dailyReads);
    objects.reads(log("0-0:98.1.10.255"), logs::dailyExport);
    objects.reads(log("0-0:99.1.0.255"), logs::importProfile);
    objects.reads(log("0-0:99.1.1.255"), logs::exportProfile);
    objects.reads(log("0-0:99.1.2.255"), logs::reactiveProfile);
    objects.reads(log("0-0:99.1.3.255"), logs::dailyConsumption);
    objects.reads(log("1-0:32.24.0.255"), logs::voltageProfile);
    objects.reads(log("0-0:99.98.0.255"), LogObjects::events);
    objects.reads(log("0-0:99.98.1.255"), LogObjects::securityEvents);
    objects.acts(CosemAttribute.of(7, "0-0:99.98.0.255", 1), LogObjects::clearEvents);
    addEmpty(objects, "0-0:99.98.4.255", UINT32, UINT16, UINT32);
    addEmpty(objects, "0-0:98.1.4.255", UINT32, UINT32);
    addEmpty(objects, "0-0:98.1.5.255", UINT32, UINT32);
    addEmpty(objects, "0-0:98.1.1.255", UINT32, INT32, INT32, INT32, INT32, INT32, INT32);
    addEmpty(objects, "0-0:98.1.8.255", UINT32, INT32, INT32, INT32, INT32, INT32, INT32);
    objects.reads(
        log("0-0:98.1.0.255"),
        (state, query) ->
            new Reading.Value(RegisterRead.toValue(List.of(), state.function().variant())));
  }

  private static CosemAttribute log(String object) {
    return CosemAttribute.of(7, object, 2);
  }

  /** A log into which this meter, in credit mode and never billed, has written nothing. */
  private static void addEmpty(
      CosemObjects<EsmeState> objects, String object, TypeDescription... fields) {
    DlmsValue empty = new CompactArray(new TypeDescription.Fields(List.of(fields)), List.of());
    objects.reads(log(object), (_, _) -> new Reading.Value(empty));
  }

  private Reading dailyReads(DeviceState<EsmeState> state, Query query) {
    EsmeState esme = state.function();
    List<Instant> midnights = ends(DAY, DAILY_READS, state, query);
    return new Reading.Value(
        RegisterRead.toValue(metering.apply(esme).registerReads(midnights), esme.variant()));
  }

  private Reading dailyExport(DeviceState<EsmeState> state, Query query) {
    Metering meter = metering.apply(state.function());
    return entries(ends(DAY, DAILY_READS, state, query), 1, at -> List.of(meter.activeExport(at)));
  }

  private Reading dailyConsumption(DeviceState<EsmeState> state, Query query) {
    Metering meter = metering.apply(state.function());
    return entries(
        ends(DAY, DAILY_CONSUMPTIONS, state, query),
        1,
        at -> List.of(meter.activeImport(at) - meter.activeImport(at.minus(1, ChronoUnit.DAYS))));
  }

  private Reading importProfile(DeviceState<EsmeState> state, Query query) {
    Metering meter = metering.apply(state.function());
    boolean twin = state.function().variant() == EsmeVariant.TWIN_ELEMENT;
    List<Instant> ends = ends(HalfHours.HALF_HOUR, IMPORT_HALF_HOURS, state, query);
    return entries(
        ends,
        twin ? 2 : 1,
        end -> {
          Instant begin = end.minus(HalfHours.HALF_HOUR);
          long total = meter.activeImport(end) - meter.activeImport(begin);
          if (!twin) {
            return List.of(total);
          }
          long secondary = meter.secondaryActiveImport(end) - meter.secondaryActiveImport(begin);
          return List.of(total - secondary, secondary);
        });
  }

  private Reading exportProfile(DeviceState<EsmeState> state, Query query) {
    Metering meter = metering.apply(state.function());
    return entries(
        ends(HalfHours.HALF_HOUR, OTHER_HALF_HOURS, state, query),
        2,
        end -> {
          Instant begin = end.minus(HalfHours.HALF_HOUR);
          return List.of(
              meter.activeExport(end) - meter.activeExport(begin),
              meter.reactiveExport(end) - meter.reactiveExport(begin));
        });
  }

  private Reading reactiveProfile(DeviceState<EsmeState> state, Query query) {
    Metering meter = metering.apply(state.function());
    return entries(
        ends(HalfHours.HALF_HOUR, OTHER_HALF_HOURS, state, query),
        1,
        end -> {
          Instant begin = end.minus(HalfHours.HALF_HOUR);
          return List.of(meter.reactiveImport(end) - meter.reactiveImport(begin));
        });
  }

  private Reading voltageProfile(DeviceState<EsmeState> state, Query query) {
    Metering meter = metering.apply(state.function());
    long seconds =
        state.function().values().get(VOLTAGE_PERIOD) instanceof UInt32(long value) ? value : 0;
    if (seconds < MIN_VOLTAGE_PERIOD_SECONDS) {
      return entries(List.of(), 1, _ -> List.of());
    }
    Duration period = Duration.ofSeconds(seconds);
    return entries(
        ends(period, VOLTAGE_AVERAGES, state, query),
        1,
        end -> List.of((long) meter.averageVolts(end, period)));
  }

  private static List<Instant> ends(
      Duration period, int capacity, DeviceState<EsmeState> state, Query query) {
    return HalfHours.ends(period, state.function().load().start(), capacity, query);
  }

  /** Entries of a time and one or more numbers; refused where they would not fit one answer. */
  private static Reading entries(
      List<Instant> times, int columns, Function<Instant, List<Long>> numbers) {
    if (times.size() * 4 * (1 + columns) > MAX_OCTETS) {
      return new Reading.Denied(AccessResult.LONG_READ_ABORTED);
    }
    List<DlmsValue> entries = new ArrayList<>(times.size());
    for (Instant time : times) {
      List<DlmsValue> fields = new ArrayList<>();
      fields.add(LogTimestamp.of(time).toValue());
      numbers.apply(time).forEach(number -> fields.add(new UInt32(number)));
      entries.add(new DlmsValue.Structure(fields));
    }
    List<TypeDescription> types = Collections.nCopies(1 + columns, UINT32);
    return new Reading.Value(new CompactArray(new TypeDescription.Fields(types), entries));
  }

  private static Reading events(DeviceState<EsmeState> state, Query query) {
    return logged(
        state.eventLog(),
        query,
        List.of(UINT32, UINT16, OCTET_STRING),
        entry ->
            DlmsValue.structure(
                LogTimestamp.of(entry.at()).toValue(),
                new DlmsValue.UInt16(entry.code()),
                new DlmsValue.OctetString(entry.other())));
  }

  private static Reading securityEvents(DeviceState<EsmeState> state, Query query) {
    return logged(
        state.securityLog(),
        query,
        List.of(UINT32, UINT16),
        entry ->
            DlmsValue.structure(
                LogTimestamp.of(entry.at()).toValue(), new DlmsValue.UInt16(entry.code())));
  }

  private static Reading logged(
      CircularLog log,
      Query query,
      List<TypeDescription> types,
      Function<LogEntry, DlmsValue> value) {
    List<DlmsValue> entries =
        log.entries().stream().filter(entry -> query.covers(entry.at())).map(value).toList();
    return new Reading.Value(new CompactArray(new TypeDescription.Fields(types), entries));
  }

  private static Change<EsmeState> clearEvents(
      DeviceState<EsmeState> state, DlmsValue data, Instant now) {
    LogEntry cleared = new LogEntry(now, EVENT_LOG_CLEARED, Octets.EMPTY);
    return Change.done(state.withEventLog(CircularLog.EMPTY.with(cleared)), List.of());
  }
}
