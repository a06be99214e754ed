// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.devices.cosem.AccessHandler;
import org.meterbox.devices.cosem.CosemObjects;
import org.meterbox.devices.cosem.CosemUseCase;
import org.meterbox.devices.credentials.CredentialFunction;
import org.meterbox.devices.esme.billing.BillingFunction;
import org.meterbox.devices.esme.clock.ClockFunction;
import org.meterbox.devices.esme.configuration.ConfigurationFunction;
import org.meterbox.devices.esme.control.ControlFunction;
import org.meterbox.devices.esme.current.CurrentFunction;
import org.meterbox.devices.esme.event.EsmeEvents;
import org.meterbox.devices.esme.futuredated.FutureDatedFunction;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.home.HomeFunction;
import org.meterbox.devices.esme.integrity.IntegrityFunction;
import org.meterbox.devices.esme.loadlimit.LoadLimitFunction;
import org.meterbox.devices.esme.log.LogFunction;
import org.meterbox.devices.esme.metering.MeteringFunction;
import org.meterbox.devices.esme.payment.PaymentFunction;
import org.meterbox.devices.esme.state.EsmeFunction;
import org.meterbox.devices.esme.state.EsmePart;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.esme.state.EsmeVariant;
import org.meterbox.devices.esme.state.FactorySettings;
import org.meterbox.devices.esme.state.Manufacture;
import org.meterbox.devices.esme.state.Settings;
import org.meterbox.devices.esme.state.SettingsChanges;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.esme.tariff.TariffFunction;
import org.meterbox.devices.esme.voltage.ExcursionFunction;
import org.meterbox.devices.esme.voltage.VoltageFunction;
import org.meterbox.devices.firmware.FirmwareFunction;
import org.meterbox.devices.joining.DeviceLogFunction;
import org.meterbox.devices.machine.CosemAlerts;
import org.meterbox.devices.machine.DeviceFunction;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.LocalEvent;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.catalogue.Equipment;
import org.meterbox.gbcs.catalogue.UseCase;
import org.meterbox.gbcs.catalogue.UseCaseCatalogue;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.RemotePartyRole;

/**
 * What an electricity meter does: its functions, put together. Commands that no function answers
 * are answered with an alert.
 */
public final class EsmeModel implements DeviceModel<EsmeState> {
  private static final List<EsmeFunction> FUNCTIONS = functions();
  private static final EsmeImage IMAGE = new EsmeImage(FUNCTIONS);
  private static final FirmwareFunction<EsmeState> FIRMWARE =
      new FirmwareFunction<>(new EsmeFirmware());

  /** What an electricity meter has in common with other devices. */
  private static final List<DeviceFunction<EsmeState>> DEVICE_FUNCTIONS =
      List.of(
          new CredentialFunction<>(EsmeEvents::raise, EsmeModel::partyChanged),
          new DeviceLogFunction<>(EsmeEvents::raise),
          FIRMWARE);

  private final Map<MessageCode, Supported<EsmeState>> supported = new HashMap<>();

  /** An electricity meter with all its functions. */
  public EsmeModel() {
    CosemObjects<EsmeState> objects = new CosemObjects<>();
    FUNCTIONS.forEach(function -> function.addTo(objects));
    for (EsmeFunction function : FUNCTIONS) {
      for (String name : function.useCases()) {
        for (UseCase useCase : named(name)) {
          add(useCase, new AccessHandler<>(CosemUseCase.of(useCase), objects));
        }
      }
      function
          .handlers()
          .forEach((name, handler) -> named(name).forEach(useCase -> add(useCase, handler)));
    }
    for (DeviceFunction<EsmeState> function : DEVICE_FUNCTIONS) {
      function
          .handlers()
          .forEach((name, handler) ->
              named(name).stream()
                  .filter(useCase -> useCase.devices().contains(Equipment.ESME))
                  .forEach(useCase -> add(useCase, handler)));
    }
  }

  /** What the supplier before has sent ahead is not carried out under the new one. */
  private static void partyChanged(Transition<EsmeState> transition, RemotePartyRole role) {
    FutureDatedFunction.forget(transition, role);
    if (role == RemotePartyRole.SUPPLIER) {
      FirmwareFunction.forget(transition);
    }
  }

  /**
   * The arrival of a firmware image at a meter.
   *
   * @param distributed the whole image as it is distributed
   * @param manufacturer whose signature it must carry
   */
  public static LocalEvent<EsmeState> firmwareReceived(
      Octets distributed, ECPublicKey manufacturer) {
    return FIRMWARE.received(distributed, manufacturer);
  }

  /**
   * The order in which functions count a span of time and act at its end: what is measured before
   * what is charged, and both before what is billed. Settings come first among the objects, so that
   * a function may take an attribute over.
   */
  private static List<EsmeFunction> functions() {
    List<EsmeFunction> acting = new ArrayList<>();
    PaymentFunction payment = new PaymentFunction();
    acting.add(new HomeFunction());
    acting.add(new ClockFunction());
    acting.add(new SupplyFunction());
    acting.add(new IntegrityFunction());
    acting.add(new MeteringFunction(payment));
    acting.add(new TariffFunction());
    acting.add(payment);
    acting.add(new BillingFunction());
    acting.add(new LoadLimitFunction());
    acting.add(new ControlFunction());
    acting.add(new VoltageFunction());
    acting.add(new ExcursionFunction());
    acting.add(new CurrentFunction());
    acting.add(new LogFunction());
    SettingsChanges changes = new SettingsChanges(acting);
    List<EsmeFunction> all = new ArrayList<>();
    all.add(new ConfigurationFunction(changes));
    all.addAll(acting);
    all.add(new FutureDatedFunction(changes));
    return List.copyOf(all);
  }

  private static List<UseCase> named(String name) {
    List<UseCase> named = UseCaseCatalogue.standard().named(name);
    if (named.isEmpty()) {
      throw new IllegalStateException("the catalogue knows no use case " + name);
    }
    return named;
  }

  private void add(UseCase useCase, Handler<EsmeState> handler) {
    if (supported.put(useCase.code(), new Supported<>(useCase, handler)) != null) {
      throw new IllegalStateException("two functions answer " + useCase);
    }
  }

  /** A meter with all options as it leaves the factory. */
  public static EsmeState manufactured(EsmeVariant variant, long seed, Instant now) {
    return manufactured(Manufacture.complete(variant, seed, now.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** A meter as it leaves the factory. */
  public static EsmeState manufactured(Manufacture manufacture) {
    List<EsmePart> parts = new ArrayList<>();
    for (EsmeFunction function : FUNCTIONS) {
      function.parts().forEach(codec -> parts.add(codec.manufactured(manufacture)));
    }
    return EsmeState.of(
        manufacture.variant(),
        manufacture.options(),
        manufacture.at(),
        FactorySettings.of(manufacture.variant()),
        parts);
  }

  @Override
  public Optional<Supported<EsmeState>> supported(MessageCode code) {
    return Optional.ofNullable(supported.get(code));
  }

  @Override
  public boolean alertsUnsupported() {
    return true;
  }

  @Override
  public RemotePartyRole securityAlertsTo() {
    return RemotePartyRole.SUPPLIER;
  }

  @Override
  public Octets plainAlert(int code, Instant at, OriginatorCounter counter) {
    return CosemAlerts.plain(code, at, counter);
  }

  /** Without supply a meter does nothing; what was due then is done when the supply is back. */
  @Override
  public boolean proceed(Transition<EsmeState> transition, Instant until) {
    EsmeState esme = transition.function();
    Instant from = esme.asOf();
    if (!from.isBefore(until)) {
      return true;
    }
    transition.moveTo(from);
    boolean isOff = esme.part(Home.class).outage().isPresent();
    Instant to = until;
    if (!isOff) {
      for (EsmeFunction function : FUNCTIONS) {
        Instant next = function.next(esme, from);
        to = next.isBefore(to) ? next : to;
      }
      for (DeviceFunction<EsmeState> function : DEVICE_FUNCTIONS) {
        Instant next = function.next(transition.state());
        // What is late is done at the end of this span, however short.
        next = next.isAfter(from) ? next : from.plusSeconds(1);
        to = next.isBefore(to) ? next : to;
      }
      for (EsmeFunction function : FUNCTIONS) {
        function.elapse(transition, to);
      }
    }
    Instant reached = to;
    transition.moveTo(reached);
    transition.updateFunction(moved -> moved.withAsOf(reached));
    if (!isOff) {
      settle(transition);
    }
    return !reached.isBefore(until);
  }

  /**
   * Settings that take effect now come last, and may make something else due in the same moment.
   */
  @Override
  public void settle(Transition<EsmeState> transition) {
    Settings before;
    do {
      before = transition.function().settings();
      FUNCTIONS.forEach(function -> function.due(transition));
      DEVICE_FUNCTIONS.forEach(function -> function.due(transition));
    } while (!transition.function().settings().equals(before));
  }

  @Override
  public DlmsDateTime clock(EsmeState function, Instant now) {
    return DlmsDateTime.of(ClockFunction.shown(function, now));
  }

  @Override
  public void write(EsmeState function, OctetWriter image) {
    IMAGE.write(function, image);
  }

  @Override
  public EsmeState read(OctetReader image) throws DecodeException {
    return IMAGE.read(image);
  }
}
