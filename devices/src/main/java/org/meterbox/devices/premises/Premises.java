// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.meterbox.devices.esme.EsmeModel;
import org.meterbox.devices.esme.display.MeterDisplay;
import org.meterbox.devices.esme.local.LocalActions;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.gas.GpfModel;
import org.meterbox.devices.gas.GsmeModel;
import org.meterbox.devices.gas.mirror.GpfState;
import org.meterbox.devices.gas.state.GasAttribute;
import org.meterbox.devices.gas.state.GasManufacture;
import org.meterbox.devices.gas.state.GasSettings;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.hub.CommunicationsHub;
import org.meterbox.devices.hub.HubFunctionModel;
import org.meterbox.devices.machine.DeviceMachine;
import org.meterbox.devices.machine.DeviceModel;
import org.meterbox.devices.machine.DeviceObserver;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.DeviceMemory;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.premises.PremisesPlan.ElectricityMeter;
import org.meterbox.devices.premises.PremisesPlan.GasMeter;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.SoftwareDeviceKeys;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** A home with its hub and devices, switched on. */
public final class Premises {
  /** Well within the three months for which a gas meter keeps its half hours. */
  private static final Duration LEARNED_EVERY = Duration.ofDays(30);

  private final CommunicationsHub hub;
  private final Map<Eui64, StoredDevice<EsmeState>> electricityMeters = new LinkedHashMap<>();

  private Optional<GasSupply> gas = Optional.empty();

  private Premises(CommunicationsHub hub) {
    this.hub = hub;
  }

  /**
   * Switches a home on. A device whose memory is empty is manufactured first, with fresh keys.
   *
   * @param memories the memory of each device
   * @throws MemoryFailureException where a memory cannot be read or written
   */
  public static Premises switchOn(
      PremisesPlan plan,
      Function<Eui64, DeviceMemory> memories,
      Factory factory,
      InstantSource clock,
      DeviceObserver observer)
      throws MemoryFailureException {
    Builder builder = new Builder(memories, factory, clock, observer);
    Premises premises = new Premises(new CommunicationsHub(plan.communicationsHubFunction()));
    premises.hub.join(
        builder.device(
            plan.communicationsHubFunction(),
            DeviceType.CHF,
            HubFunctionModel.communicationsHubFunction(),
            HubFunctionModel.manufactured()));
    if (plan.gasMeter().isPresent()) {
      premises.gas =
          Optional.of(
              builder.gasSupply(plan.gasMeter().get(), plan.gasProxyFunction(), premises.hub));
    } else {
      premises.hub.join(builder.gasProxyFunction(plan.gasProxyFunction()));
    }
    for (ElectricityMeter meter : plan.electricityMeters()) {
      StoredDevice<EsmeState> device =
          builder.device(
              meter.id(),
              DeviceType.ESME,
              new EsmeModel(),
              EsmeModel.manufactured(meter.variant(), meter.loadSeed(), meter.since()));
      premises.electricityMeters.put(meter.id(), device);
      premises.hub.join(device);
    }
    return premises;
  }

  /** The hub, to be connected to the SM WAN. */
  public CommunicationsHub hub() {
    return hub;
  }

  /** An electricity meter of this home, for whoever stands before it. */
  public Optional<StoredDevice<EsmeState>> electricityMeter(Eui64 id) {
    return Optional.ofNullable(electricityMeters.get(id));
  }

  /** The gas side of this home; empty in a home without a gas meter. */
  public Optional<GasSupply> gas() {
    return gas;
  }

  /**
   * Lets devices do what they do by themselves up to now; what they say goes to the hub. A device
   * with nothing to do is left alone.
   *
   * @throws MemoryFailureException where it is not certain that a device remembers it; its time
   *     passes with the next call
   */
  public void wake() throws MemoryFailureException {
    for (StoredDevice<EsmeState> meter : electricityMeters.values()) {
      hub.take(meter, meter.wakeIfDue());
    }
    if (gas.isPresent()) {
      gas.get().wakeIfDue();
    }
  }

  /**
   * Does something to an electricity meter of this home; what the meter says of it goes to the hub.
   *
   * @return what came of it; empty where there is no such meter
   * @throws MemoryFailureException where it is not certain that the meter remembers it
   */
  public Optional<LocalActions.Result> happen(Eui64 meter, LocalActions.Action action)
      throws MemoryFailureException {
    StoredDevice<EsmeState> device = electricityMeters.get(meter);
    if (device == null) {
      return Optional.empty();
    }
    AtomicReference<LocalActions.Result> result = new AtomicReference<>();
    hub.take(device, device.locally(transition -> result.set(action.on(transition))));
    return Optional.ofNullable(result.get());
  }

  /**
   * What an electricity meter of this home shows now.
   *
   * @return empty where there is no such meter
   * @throws MemoryFailureException where it is not certain that the meter remembers the time up to
   *     now
   */
  public Optional<MeterDisplay> display(Eui64 meter) throws MemoryFailureException {
    StoredDevice<EsmeState> device = electricityMeters.get(meter);
    if (device == null) {
      return Optional.empty();
    }
    hub.take(device, device.locally(_ -> {}));
    return Optional.of(MeterDisplay.of(device.state()));
  }

  /** The electricity meters of this home. */
  public Set<Eui64> electricityMeters() {
    return Collections.unmodifiableSet(electricityMeters.keySet());
  }

  private record Builder(
      Function<Eui64, DeviceMemory> memories,
      Factory factory,
      InstantSource clock,
      DeviceObserver observer) {
    <F> StoredDevice<F> device(Eui64 id, DeviceType type, DeviceModel<F> model, F function)
        throws MemoryFailureException {
      DeviceMemory memory = memories.apply(id);
      if (memory.load().isEmpty()) {
        StoredDevice.manufacture(model, livedIn(model, manufactured(id, type, function)), memory);
      }
      return powerUp(id, model, memory);
    }

    private <F> StoredDevice<F> powerUp(Eui64 id, DeviceModel<F> model, DeviceMemory memory)
        throws MemoryFailureException {
      StoredDevice<F> device =
          StoredDevice.powerUp(model, memory, factory.keysInMemory(), clock, observer);
      if (!device.id().equals(id)) {
        throw new MemoryFailureException(
            String.format(Locale.ROOT, "the memory of %s holds %s", id, device.id()));
      }
      return device;
    }

    StoredDevice<GpfState> gasProxyFunction(Eui64 id) throws MemoryFailureException {
      return device(id, DeviceType.GPF, new GpfModel(), GpfState.manufactured());
    }

    /** The meter and its mirror, which begin their past together. */
    GasSupply gasSupply(GasMeter meter, Eui64 proxy, CommunicationsHub hub)
        throws MemoryFailureException {
      DeviceMemory meterMemory = memories.apply(meter.id());
      if (meterMemory.load().isEmpty()) {
        Observed past = past(meter);
        StoredDevice.manufacture(new GsmeModel(), past.meter(), meterMemory);
        DeviceMemory proxyMemory = memories.apply(proxy);
        if (proxyMemory.load().isEmpty()) {
          StoredDevice.manufacture(
              new GpfModel(), manufactured(proxy, DeviceType.GPF, past.known()), proxyMemory);
        }
      }
      StoredDevice<GpfState> function = gasProxyFunction(proxy);
      StoredDevice<GsmeState> device = powerUp(meter.id(), new GsmeModel(), meterMemory);
      hub.join(function);
      hub.joinSleeping(device);
      return new GasSupply(device, function, hub, clock);
    }

    /** A gas meter, and what the hub knows of it. */
    private record Observed(DeviceState<GsmeState> meter, GpfState known) {}

    /** The meter remembers less than the hub, which has heard of it all along. */
    private Observed past(GasMeter plan) {
      GsmeState made =
          GsmeModel.manufactured(
              new GasManufacture(plan.homeSeed(), plan.since().truncatedTo(ChronoUnit.SECONDS)));
      GsmeState placed =
          made.with(
              GasSettings.of(made)
                  .with(
                      GasAttribute.SITE_ID,
                      Octets.of(plan.meterPoint().value().getBytes(StandardCharsets.US_ASCII))));
      DeviceState<GsmeState> meter = manufactured(plan.id(), DeviceType.GSME, placed);
      DeviceMachine<GsmeState> machine = new DeviceMachine<>(new GsmeModel());
      GpfState known = GpfState.manufactured();
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      Instant at = made.asOf();
      while (at.isBefore(now)) {
        Instant next = at.plus(LEARNED_EVERY);
        at = next.isBefore(now) ? next : now;
        meter = machine.advance(meter, at).state().withoutOutgoing();
        known = known.learned(meter, at);
      }
      return new Observed(meter, known);
    }

    /** A device that was made before now has a past; what it told in it has long arrived. */
    private <F> DeviceState<F> livedIn(DeviceModel<F> model, DeviceState<F> made) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      return new DeviceMachine<>(model).advance(made, now).state().withoutOutgoing();
    }

    private <F> DeviceState<F> manufactured(Eui64 id, DeviceType type, F function) {
      SoftwareDeviceKeys keys = factory.makeKeys();
      Map<KeyUse, Octets> certificates = new EnumMap<>(KeyUse.class);
      certificates.put(
          KeyUse.DIGITAL_SIGNATURE,
          factory.certify(id, KeyUse.DIGITAL_SIGNATURE, keys.signing().publicKey()));
      certificates.put(
          KeyUse.KEY_AGREEMENT,
          factory.certify(id, KeyUse.KEY_AGREEMENT, keys.secrets().ownPublicKey()));
      return DeviceState.manufactured(
          id, type, keys, certificates, factory.anchors(type, id), function);
    }
  }
}
