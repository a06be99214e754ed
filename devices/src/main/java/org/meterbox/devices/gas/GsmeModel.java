// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.devices.credentials.CredentialFunction;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.firmware.FirmwareFunction;
import org.meterbox.devices.gas.billing.GasBillingFunction;
import org.meterbox.devices.gas.clock.GasClock;
import org.meterbox.devices.gas.clock.GasClockFunction;
import org.meterbox.devices.gas.event.GasEventFunction;
import org.meterbox.devices.gas.event.GasEvents;
import org.meterbox.devices.gas.futuredated.DatedCommandFunction;
import org.meterbox.devices.gas.futuredated.DatedCommands;
import org.meterbox.devices.gas.home.GasHomeFunction;
import org.meterbox.devices.gas.metering.GasMeteringFunction;
import org.meterbox.devices.gas.payment.GasPaymentFunction;
import org.meterbox.devices.gas.reading.GasReads;
import org.meterbox.devices.gas.reading.GasView;
import org.meterbox.devices.gas.register.GasLogs;
import org.meterbox.devices.gas.settings.GasSettingsFunction;
import org.meterbox.devices.gas.state.GasFunction;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.gas.state.GsmeStateCodec;
import org.meterbox.devices.gas.tariff.TariffFunction;
import org.meterbox.devices.gas.valve.ValveFunction;
import org.meterbox.devices.gbz.GbzAlerts;
import org.meterbox.devices.joining.DeviceLogFunction;
import org.meterbox.devices.machine.DeviceFunction;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.LocalEvent;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.catalogue.Equipment;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What a gas meter does: its functions, put together. What it does not know it refuses in silence:
 * only electricity meters and controllers alert (ECS100).
 */
public final class GsmeModel implements DeviceModel<GsmeState> {
  private static final DatedCommandFunction DATED = new DatedCommandFunction(applications());
  private static final List<GasFunction> ACTING = acting();
  private static final List<GasFunction> FUNCTIONS =
      Stream.concat(ACTING.stream(), Stream.of(DATED)).toList();
  private static final GsmeImage IMAGE = new GsmeImage(FUNCTIONS);
  private static final FirmwareFunction<GsmeState> FIRMWARE =
      new FirmwareFunction<>(new GsmeFirmware());

  /** What a gas meter has in common with other devices. */
  private static final List<DeviceFunction<GsmeState>> DEVICE_FUNCTIONS =
      List.of(
          new CredentialFunction<>(GasEvents::raise, GsmeModel::partyChanged),
          new DeviceLogFunction<>(GasEvents::raise),
          FIRMWARE);

  /** The clock status of a time that is not to be trusted. */
  private static final int DOUBTFUL = 0x02;

  private final Map<MessageCode, Supported<GsmeState>> supported;

  /** A gas meter with all its functions. */
  public GsmeModel() {
    SupportedUseCases<GsmeState> useCases = new SupportedUseCases<>(Equipment.GSME);
    GasReads<GsmeState> reads = new GasReads<>(new OwnView());
    useCases.addGbz(reads.ofBoth());
    useCases.addGbz(reads.ofMeter());
    for (GasFunction function : FUNCTIONS) {
      useCases.addGbz(function.useCases());
      useCases.addAll(function.handlers());
    }
    DEVICE_FUNCTIONS.forEach(function -> useCases.addShared(function.handlers()));
    supported = useCases.byCode();
  }

  /** The meter sees itself. */
  private static final class OwnView implements GasView<GsmeState> {
    @Override
    public Optional<GsmeState> meter(DeviceState<GsmeState> state) {
      return Optional.of(state.function());
    }

    @Override
    public SampleLog profile(DeviceState<GsmeState> state) {
      return GasLogs.of(state.function()).profile();
    }

    @Override
    public Optional<SampleLog> daily(DeviceState<GsmeState> state) {
      return Optional.empty();
    }
  }

  /** What the supplier before has sent ahead is not carried out under the new one. */
  private static void partyChanged(Transition<GsmeState> transition, RemotePartyRole role) {
    DatedCommands.forget(transition, role);
    if (role == RemotePartyRole.SUPPLIER) {
      FirmwareFunction.forget(transition);
      GasPaymentFunction.supplierChanged(transition);
    }
  }

  /**
   * The arrival of a firmware image at a meter.
   *
   * @param distributed the whole image as it is distributed
   * @param manufacturer whose signature it must carry
   */
  public static LocalEvent<GsmeState> firmwareReceived(
      Octets distributed, ECPublicKey manufacturer) {
    return FIRMWARE.received(distributed, manufacturer);
  }

  private static Map<String, DatedCommands.Application> applications() {
    Map<String, DatedCommands.Application> all = new HashMap<>(TariffFunction.DATED);
    all.putAll(GasPaymentFunction.DATED);
    return all;
  }

  /**
   * The order in which functions count a span of time and act at its end: what is measured before
   * what is charged, and both before what is billed.
   */
  private static List<GasFunction> acting() {
    List<GasFunction> functions = new ArrayList<>();
    functions.add(new GasHomeFunction());
    functions.add(new GasClockFunction());
    functions.add(new GasSettingsFunction());
    functions.add(new GasEventFunction());
    functions.add(new GasMeteringFunction());
    functions.add(new ValveFunction());
    functions.add(new TariffFunction());
    functions.add(new GasPaymentFunction());
    functions.add(new GasBillingFunction());
    return List.copyOf(functions);
  }

  /** A meter as it leaves the factory. */
  public static GsmeState manufactured(GasManufacture manufacture) {
    return IMAGE.manufactured(manufacture);
  }

  /** How a meter's state stands in a memory image. */
  static GsmeStateCodec stateCodec() {
    return IMAGE;
  }

  @Override
  public Optional<Supported<GsmeState>> supported(MessageCode code) {
    return Optional.ofNullable(supported.get(code));
  }

  @Override
  public boolean alertsUnsupported() {
    return false;
  }

  @Override
  public RemotePartyRole securityAlertsTo() {
    return RemotePartyRole.SUPPLIER;
  }

  @Override
  public Octets plainAlert(int code, Instant at, OriginatorCounter counter) {
    return GbzAlerts.plain(code, at);
  }

  @Override
  public boolean proceed(Transition<GsmeState> transition, Instant until) {
    GsmeState gsme = transition.function();
    Instant from = gsme.asOf();
    if (!from.isBefore(until)) {
      return true;
    }
    transition.moveTo(from);
    Instant to = until;
    for (GasFunction function : FUNCTIONS) {
      Instant next = function.next(gsme, from);
      to = next.isBefore(to) ? next : to;
    }
    for (DeviceFunction<GsmeState> function : DEVICE_FUNCTIONS) {
      Instant next = function.next(transition.state());
      // What is late is done at the end of this span, however short.
      next = next.isAfter(from) ? next : from.plusSeconds(1);
      to = next.isBefore(to) ? next : to;
    }
    Instant reached = to;
    FUNCTIONS.forEach(function -> function.elapse(transition, reached));
    transition.moveTo(reached);
    transition.updateFunction(moved -> moved.withAsOf(reached));
    settle(transition);
    return !reached.isBefore(until);
  }

  /** A command that takes effect now may make something else due in the same moment. */
  @Override
  public void settle(Transition<GsmeState> transition) {
    boolean again = true;
    while (again) {
      ACTING.forEach(function -> function.due(transition));
      DEVICE_FUNCTIONS.forEach(function -> function.due(transition));
      GsmeState before = transition.function();
      DATED.due(transition);
      again = !transition.function().equals(before);
    }
  }

  @Override
  public DlmsDateTime clock(GsmeState function, Instant now) {
    return DlmsDateTime.of(now);
  }

  /** Only reads of registers and balances say how far the time is to be trusted. */
  @Override
  public DlmsDateTime responseTime(GsmeState function, UseCase useCase, Instant now) {
    return GasReads.saysHowFarTimeIsTrusted(useCase)
        ? DlmsDateTime.of(now, GasClock.of(function).isReliable() ? 0 : DOUBTFUL)
        : clock(function, now);
  }

  @Override
  public void write(GsmeState function, OctetWriter image) {
    IMAGE.write(function, image);
  }

  @Override
  public GsmeState read(OctetReader image) throws DecodeException {
    return IMAGE.read(image);
  }
}
