// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.premises;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.gas.GpfModel;
import org.meterbox.devices.gas.mirror.GasMirror;
import org.meterbox.devices.gas.mirror.GpfState;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.hub.CommunicationsHub;
import org.meterbox.devices.machine.LocalEvent;
import org.meterbox.devices.machine.Outgoing;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.premises.PremisesPlan.GasMeter;

/**
 * The gas side of a home: a meter that sleeps, and the function in the hub that knows what the
 * meter told when it was last awake. Safe for use by many threads.
 */
public final class GasSupply {
  private final StoredDevice<GsmeState> meter;
  private final StoredDevice<GpfState> proxy;
  private final CommunicationsHub hub;
  private final InstantSource clock;

  /** What the meter has not told yet; it keeps it too, so that a loss of power loses nothing. */
  private final List<Outgoing> untold = new ArrayList<>();

  GasSupply(
      StoredDevice<GsmeState> meter,
      StoredDevice<GpfState> proxy,
      CommunicationsHub hub,
      InstantSource clock) {
    this.meter = meter;
    this.proxy = proxy;
    this.hub = hub;
    this.clock = clock;
  }

  /** The gas meter, for whoever stands before it. */
  public StoredDevice<GsmeState> meter() {
    return meter;
  }

  /** The hub's gas proxy function. */
  public StoredDevice<GpfState> proxy() {
    return proxy;
  }

  /**
   * Lets something happen at the meter. It tells of it when it is next awake.
   *
   * @throws MemoryFailureException where it is not certain that the meter remembers it
   */
  public synchronized void atMeter(LocalEvent<GsmeState> event) throws MemoryFailureException {
    untold.addAll(meter.locally(event));
  }

  /**
   * The consumer's button that makes the meter ask the hub for commands (user interface command
   * 000B): it is awake now instead of at the next half hour.
   *
   * @throws MemoryFailureException where a memory fails
   */
  public synchronized void checkForCommands() throws MemoryFailureException {
    wakeMeter();
  }

  /**
   * Lets the meter wake where a half hour of UTC has ended since it was last awake.
   *
   * @throws MemoryFailureException where a memory fails; the meter tries again with the next call
   */
  synchronized void wakeIfDue() throws MemoryFailureException {
    hub.take(proxy, proxy.wakeIfDue());
    Optional<Instant> last = proxy.state().function().mirror().map(GasMirror::at);
    if (last.isEmpty() || wakeNumber(last.get()) != wakeNumber(clock.instant())) {
      wakeMeter();
    }
  }

  private void wakeMeter() throws MemoryFailureException {
    untold.addAll(meter.wake());
    hub.take(meter, untold);
    untold.clear();
    hub.awake(meter.id());
    hub.take(proxy, proxy.locally(GpfModel.hears(meter.state())));
  }

  private static long wakeNumber(Instant at) {
    Duration every = GasMeter.WAKES_EVERY;
    return Math.floorDiv(at.getEpochSecond(), every.toSeconds());
  }
}
