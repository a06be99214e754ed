// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.log;

import java.util.List;
import java.util.function.Function;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.Query;
import org.meterbox.devices.cosem.Reading;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.event.EventLogs;
import org.meterbox.devices.esme.event.HomeNotices;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.PartCodec;
import org.meterbox.devices.machine.CircularLog;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;
import org.meterbox.gbcs.dlms.DlmsValue.CompactArray;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.dlms.TypeDescription;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.Octets;

/** The event logs (class 7). An empty log is read with success; security and power stay. */
public final class LogFunction implements EsmeFunction {
  private static final int EVENT_LOG_CLEARED = 0x8F52;
  private static final String EVENTS = "0-0:99.98.0.255";
  private static final String CONTROLLER_EVENTS = "0-17:99.98.2.255";

  private static final TypeDescription UINT32 = new TypeDescription.Simple(0x06);
  private static final TypeDescription UINT16 = new TypeDescription.Simple(0x12);
  private static final TypeDescription OCTET_STRING = new TypeDescription.Simple(0x09);
  private static final TypeDescription ENUMERATED = new TypeDescription.Simple(0x16);

  @Override
  public List<PartCodec<?>> parts() {
    return List.of(EventLogs.CODEC, HomeNotices.CODEC);
  }

  @Override
  public List<String> useCases() {
    return List.of("ECS15a", "ECS15c", "ECS35a", "ECS35b", "ECS35e", "ECS35f", "ECS35g");
  }

  @Override
  public void addTo(CosemObjects<EsmeState> objects) {
    objects.reads(
        log(EVENTS),
        (state, query) ->
            logged(
                state.eventLog(),
                query,
                List.of(UINT32, UINT16, OCTET_STRING),
                entry ->
                    DlmsValue.structure(
                        time(entry),
                        new DlmsValue.UInt16(entry.code()),
                        new DlmsValue.OctetString(entry.other()))));
    objects.reads(
        log("0-0:99.98.1.255"),
        (state, query) ->
            logged(
                state.securityLog(),
                query,
                List.of(UINT32, UINT16),
                entry -> DlmsValue.structure(time(entry), new DlmsValue.UInt16(entry.code()))));
    objects.reads(
        log("0-0:99.98.4.255"),
        (state, query) ->
            logged(
                state.function().part(EventLogs.class).power(),
                query,
                List.of(UINT32, UINT16, UINT32),
                entry ->
                    DlmsValue.structure(
                        time(entry), new DlmsValue.UInt16(entry.code()), number(entry))));
    objects.reads(
        log(CONTROLLER_EVENTS),
        (state, query) ->
            logged(
                state.function().part(EventLogs.class).controller(),
                query,
                List.of(UINT32, UINT16, ENUMERATED, UINT32),
                LogFunction::controllerEvent));
    objects.acts(CosemAttribute.of(7, EVENTS, 1), LogFunction::clearEvents);
    objects.acts(CosemAttribute.of(7, CONTROLLER_EVENTS, 1), LogFunction::clearControllerEvents);
  }

  private static CosemAttribute log(String object) {
    return CosemAttribute.of(7, object, 2);
  }

  private static DlmsValue time(LogEntry entry) {
    return LogTimestamp.of(entry.at()).toValue();
  }

  private static DlmsValue number(LogEntry entry) {
    return new DlmsValue.UInt32(unsigned(entry.other(), 0));
  }

  private static long unsigned(Octets octets, int from) {
    long number = 0;
    for (int i = from; i < from + Integer.BYTES; i++) {
      number = number << 8 | octets.at(i);
    }
    return number;
  }

  /** {time, controller and action, outcome, command in the home}. */
  private static DlmsValue controllerEvent(LogEntry entry) {
    OctetReader other = entry.other().reader();
    try {
      return DlmsValue.structure(
          time(entry),
          new DlmsValue.UInt16(other.u16()),
          new DlmsValue.Enumerated(other.u8()),
          new DlmsValue.UInt32(other.u32()));
    } catch (DecodeException tooShort) {
      throw new IllegalStateException("an event of a controller has seven octets", tooShort);
    }
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

  private static AccessResult clearEvents(Transition<EsmeState> transition, DlmsValue data) {
    transition.update(state -> state.withEventLog(CircularLog.EMPTY));
    EsmeEvents.raise(transition, EVENT_LOG_CLEARED);
    return AccessResult.SUCCESS;
  }

  /** That it was cleared stands in the event log. */
  private static AccessResult clearControllerEvents(
      Transition<EsmeState> transition, DlmsValue data) {
    transition.updateFunction(
        esme -> esme.with(esme.part(EventLogs.class).withController(CircularLog.EMPTY)));
    EsmeEvents.raise(transition, EVENT_LOG_CLEARED);
    return AccessResult.SUCCESS;
  }
}
