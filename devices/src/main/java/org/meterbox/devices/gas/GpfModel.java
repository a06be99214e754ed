// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.cosem.StoredValues;
import org.meterbox.devices.credentials.CredentialFunction;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.clock.GasClock;
import org.meterbox.devices.gas.event.EventLogReads;
import org.meterbox.devices.gas.event.GasEventFunction;
import org.meterbox.devices.gas.mirror.GasMirror;
import org.meterbox.devices.gas.mirror.GpfState;
import org.meterbox.devices.gas.reading.GasReads;
import org.meterbox.devices.gas.reading.GasView;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gbz.GbzAlerts;
import org.meterbox.devices.gbz.GbzUseCase;
import org.meterbox.devices.gbz.ZclAnswer;
import org.meterbox.devices.gbz.ZclCall;
import org.meterbox.devices.gbz.ZclInvocation;
import org.meterbox.devices.gbz.ZclRead;
import org.meterbox.devices.joining.DeviceLogFunction;
import org.meterbox.devices.machine.AlertDraft;
import org.meterbox.devices.machine.Asn1Handler;
import org.meterbox.devices.machine.Call;
import org.meterbox.devices.machine.CircularLog;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceFunction;
import org.meterbox.devices.machine.DeviceLog;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.Execution;
import org.meterbox.devices.machine.LocalEvent;
import org.meterbox.devices.machine.LogEntry;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.asn1.Asn1Payload;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.DeviceLogContent.EntryResult;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLog;
import org.meterbox.gbcs.asn1.DeviceLogContent.RestoreDeviceLogResult;
import org.meterbox.gbcs.asn1.DeviceLogEntry;
import org.meterbox.gbcs.asn1.GeneralizedTime;
import org.meterbox.gbcs.catalogue.Equipment;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.dlms.LogTimestamp;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.Cluster;
import org.meterbox.gbcs.gbz.TypedValue;
import org.meterbox.gbcs.gbz.ZclType;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * The gas proxy function of a hub: answers reads of the gas meter from its mirror, keeps logs and a
 * device log of its own, and backs the device log up with the DCC (GCS59, GCS62). What it does not
 * know it refuses in silence.
 */
public final class GpfModel implements DeviceModel<GpfState> {
  private static final int DEVICE_LOG_CHANGED = 0x8071;
  private static final int EVENT_LOG_CLEARED = 0x8F52;
  private static final int JOINED = 0x8F49;
  private static final int UNJOINED = 0x8F4B;
  private static final MessageCode BACKUP_ALERT = new MessageCode(0x00B2);
  private static final int FIRMWARE_ATTRIBUTE = 0x0206;
  private static final int PLAIN = 0x08;
  private static final int RESTORED = 0;
  private static final int NOT_RESTORED = 1;

  /** The numbers of the copies of the meter's event and security logs. */
  private static final int METERS_EVENT_LOG = 6;

  private static final int METERS_SECURITY_LOG = 7;

  /** The consumption of the tenant before is no longer shown. */
  private static final long CLEAR_CONSUMERS_DATA = 0x0000_0200;

  /** The clock status of figures and time that are those of the meter, and of doubt about them. */
  private static final int METERS_TIME = 0x04;

  private static final int DOUBTFUL = 0x02;

  private static final int IMAGE_VERSION = 2;

  /** What the function had before it knew a meter: the version of its firmware. */
  private static final int FIRST_IMAGE_VERSION = 1;

  private static final List<DeviceFunction<GpfState>> DEVICE_FUNCTIONS =
      List.of(
          new CredentialFunction<>(GpfModel::record, (_, _) -> {}),
          new DeviceLogFunction<>(GpfModel::record));

  private final Map<MessageCode, Supported<GpfState>> supported;

  /** The gas proxy function. */
  public GpfModel() {
    SupportedUseCases<GpfState> useCases = new SupportedUseCases<>(Equipment.GPF);
    GasReads<GpfState> reads = new GasReads<>(new MirrorView());
    useCases.addGbz(reads.ofBoth());
    useCases.addGbz(reads.ofMirror());
    useCases.addGbz(own());
    useCases.addAll(
        Map.of("GCS59", Asn1Handler.of(RestoreDeviceLog.class, GpfModel::restoreDeviceLog)));
    DEVICE_FUNCTIONS.forEach(function -> useCases.addShared(function.handlers()));
    supported = useCases.byCode();
  }

  /** The function sees the meter as it was when it was last awake. */
  private static final class MirrorView implements GasView<GpfState> {
    @Override
    public Optional<GsmeState> meter(DeviceState<GpfState> state) {
      return state.function().mirror().map(GasMirror::meter);
    }

    @Override
    public SampleLog profile(DeviceState<GpfState> state) {
      return state.function().profile();
    }

    @Override
    public Optional<SampleLog> daily(DeviceState<GpfState> state) {
      return Optional.of(state.function().daily());
    }
  }

  private static Map<String, GbzUseCase<GpfState>> own() {
    Map<String, GbzUseCase<GpfState>> useCases = new HashMap<>();
    useCases.put(
        "CS10a",
        EventLogReads.useCase((state, number) ->
            switch (number) {
              case GasEventFunction.EVENT_LOG -> Optional.of(state.eventLog());
              case METERS_EVENT_LOG -> state.function().mirror().map(GasMirror::eventLog);
              default -> Optional.empty();
            }));
    useCases.put(
        "CS10b",
        EventLogReads.useCase((state, number) ->
            switch (number) {
              case GasEventFunction.SECURITY_LOG -> Optional.of(state.securityLog());
              case METERS_SECURITY_LOG -> state.function().mirror().map(GasMirror::securityLog);
              default -> Optional.empty();
            }));
    useCases.put(
        "CS11",
        GbzUseCase.of(
            ZclInvocation.<GpfState>of("Clear Event Log Request", GpfModel::clearEventLog)
                .only("Log Id", GasEventFunction.EVENT_LOG)));
    useCases.put(
        "GCS09",
        GbzUseCase.of(
            ZclInvocation.<GpfState>of("Publish Change of Tenancy", GpfModel::changeTenancy)
                .only("Proposed Tenancy Change Control", CLEAR_CONSUMERS_DATA)));
    useCases.put(
        "GCS38",
        GbzUseCase.of(
            new ZclRead<>(
                Cluster.METERING,
                PLAIN,
                false,
                List.of(FIRMWARE_ATTRIBUTE),
                (state, _) ->
                    Optional.of(
                        TypedValue.text(
                            ZclType.OCTET_STRING, state.function().firmwareVersion())))));
    return useCases;
  }

  private static ZclAnswer clearEventLog(Transition<GpfState> transition, ZclCall call) {
    LogEntry cleared = new LogEntry(transition.now(), EVENT_LOG_CLEARED, Octets.EMPTY);
    transition.update(state -> state.withEventLog(CircularLog.EMPTY.with(cleared)));
    transition.happened(new DeviceEvent.Logged(EVENT_LOG_CLEARED));
    return GasEventFunction.cleared(call);
  }

  private static ZclAnswer changeTenancy(Transition<GpfState> transition, ZclCall call) {
    Instant since = new LogTimestamp(call.number("Implementation Date/Time")).instant();
    transition.updateFunction(gpf -> gpf.withTenancySince(since));
    return ZclAnswer.done();
  }

  /** The function's events stand in its security log; of its device log the DCC is told. */
  private static void record(Transition<GpfState> transition, int code) {
    transition.update(state -> state.withSecurityEntry(transition.now(), code));
    transition.happened(new DeviceEvent.Logged(code));
    if (code == JOINED || code == UNJOINED) {
      backUp(transition);
    }
  }

  private static void backUp(Transition<GpfState> transition) {
    DeviceLogBackup backup =
        new DeviceLogBackup(
            DEVICE_LOG_CHANGED,
            GeneralizedTime.of(transition.now()),
            transition.state().deviceLog().entries());
    transition.alert(
        new AlertDraft(
            BACKUP_ALERT,
            RemotePartyRole.ACCESS_CONTROL_BROKER,
            false,
            (_, _) -> Asn1Payload.of(backup).encode()));
    transition.happened(new DeviceEvent.Logged(DEVICE_LOG_CHANGED));
  }

  /** Entries that were there stay; what does not fit is told entry by entry. */
  private static Execution restoreDeviceLog(
      Transition<GpfState> transition, Call call, RestoreDeviceLog command) {
    List<EntryResult> results = new ArrayList<>();
    DeviceLog log = transition.state().deviceLog();
    for (DeviceLogEntry entry : command.entries()) {
      Optional<DeviceLogEntry> there = log.of(entry.device());
      boolean fits = there.isPresent() || !log.isFull();
      if (fits && !there.equals(Optional.of(entry))) {
        log = log.with(entry);
      }
      results.add(new EntryResult(entry, fits ? RESTORED : NOT_RESTORED));
    }
    DeviceLog restored = log;
    if (!restored.equals(transition.state().deviceLog())) {
      transition.update(state -> state.withDeviceLog(restored));
      backUp(transition);
    }
    return Asn1Handler.answer(new RestoreDeviceLogResult(results));
  }

  /** The meter is awake and in reach: the mirror learns what it missed. */
  public static LocalEvent<GpfState> hears(DeviceState<GsmeState> meter) {
    return transition ->
        transition.updateFunction(gpf -> gpf.learned(meter, meter.function().asOf()));
  }

  @Override
  public Optional<Supported<GpfState>> supported(MessageCode code) {
    return Optional.ofNullable(supported.get(code));
  }

  @Override
  public boolean alertsUnsupported() {
    return false;
  }

  @Override
  public RemotePartyRole securityAlertsTo() {
    return RemotePartyRole.ACCESS_CONTROL_BROKER;
  }

  @Override
  public Octets plainAlert(int code, Instant at, OriginatorCounter counter) {
    return GbzAlerts.plain(code, at);
  }

  @Override
  public boolean proceed(Transition<GpfState> transition, Instant until) {
    Instant next = until;
    for (DeviceFunction<GpfState> function : DEVICE_FUNCTIONS) {
      Instant waiting = function.next(transition.state());
      next = waiting.isBefore(next) ? waiting : next;
    }
    Instant reached = next;
    if (reached.isBefore(until)) {
      transition.moveTo(reached);
      settle(transition);
      return false;
    }
    transition.moveTo(until);
    settle(transition);
    return true;
  }

  @Override
  public void settle(Transition<GpfState> transition) {
    DEVICE_FUNCTIONS.forEach(function -> function.due(transition));
  }

  @Override
  public DlmsDateTime clock(GpfState function, Instant now) {
    return DlmsDateTime.of(now);
  }

  /** Registers and balances are as old as the mirror, and so is their time. */
  @Override
  public DlmsDateTime responseTime(GpfState function, UseCase useCase, Instant now) {
    if (!GasReads.saysHowFarTimeIsTrusted(useCase)) {
      return clock(function, now);
    }
    return function
        .mirror()
        .map(mirror -> {
          boolean reliable = GasClock.of(mirror.meter()).isReliable();
          return DlmsDateTime.of(mirror.at(), reliable ? METERS_TIME : METERS_TIME | DOUBTFUL);
        })
        .orElseGet(() -> DlmsDateTime.of(now, 0));
  }

  @Override
  public void write(GpfState function, OctetWriter image) {
    image.u8(IMAGE_VERSION);
    function.write(image, GsmeModel.stateCodec());
  }

  @Override
  public GpfState read(OctetReader image) throws DecodeException {
    int version = image.u8();
    if (version == FIRST_IMAGE_VERSION) {
      StoredValues.read(image);
      return GpfState.manufactured();
    }
    if (version != IMAGE_VERSION) {
      throw image.fault(
          DecodeException.Fault.UNEXPECTED_VALUE,
          String.format(
              Locale.ROOT, "the image of a gas proxy function has version %d", IMAGE_VERSION));
    }
    return GpfState.read(image, GsmeModel.stateCodec());
  }
}
