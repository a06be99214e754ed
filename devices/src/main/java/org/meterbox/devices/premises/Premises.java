// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

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
import org.meterbox.devices.security.KeyUse;
import org.meterbox.devices.security.SoftwareDeviceKeys;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** A home with its hub and devices, switched on. */
public final class Premises {
  private final CommunicationsHub hub;
  private final Map<Eui64, StoredDevice<EsmeState>> electricityMeters = new LinkedHashMap<>();

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
    premises.hub.join(
        builder.device(
            plan.gasProxyFunction(),
            DeviceType.GPF,
            HubFunctionModel.gasProxyFunction(),
            HubFunctionModel.manufactured()));
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
      StoredDevice<F> device =
          StoredDevice.powerUp(model, memory, factory.keysInMemory(), clock, observer);
      if (!device.id().equals(id)) {
        throw new MemoryFailureException(
            String.format(Locale.ROOT, "the memory of %s holds %s", id, device.id()));
      }
      return device;
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
