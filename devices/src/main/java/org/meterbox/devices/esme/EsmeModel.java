// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

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
import org.meterbox.devices.esme.billing.BillingFunction;
import org.meterbox.devices.esme.clock.ClockFunction;
import org.meterbox.devices.esme.configuration.ConfigurationFunction;
import org.meterbox.devices.esme.control.ControlFunction;
import org.meterbox.devices.esme.futuredated.FutureDatedFunction;
import org.meterbox.devices.esme.home.Home;
import org.meterbox.devices.esme.home.HomeFunction;
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
import org.meterbox.devices.esme.state.SettingsChanges;
import org.meterbox.devices.esme.supply.SupplyFunction;
import org.meterbox.devices.esme.tariff.TariffFunction;
import org.meterbox.devices.esme.voltage.VoltageFunction;
import org.meterbox.devices.machine.CosemAlerts;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.Transition;
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
  }

  /**
   * The order in which functions count a span of time and do what is due: what is measured before
   * what is charged, and both before what is billed. Settings come first among the objects, so that
   * a function may take an attribute over.
   */
  private static List<EsmeFunction> functions() {
    List<EsmeFunction> acting = new ArrayList<>();
    PaymentFunction payment = new PaymentFunction();
    acting.add(new HomeFunction());
    acting.add(new ClockFunction());
    acting.add(new SupplyFunction());
    acting.add(new MeteringFunction((_, _, _, _) -> {}));
    acting.add(new TariffFunction());
    acting.add(payment);
    acting.add(new BillingFunction());
    acting.add(new LoadLimitFunction());
    acting.add(new ControlFunction());
    acting.add(new VoltageFunction());
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

  @Override
  public void settle(Transition<EsmeState> transition) {
    FUNCTIONS.forEach(function -> function.due(transition));
  }

  @Override
  public DlmsDateTime clock(EsmeState function, Instant now) {
    return DlmsDateTime.of(now);
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
