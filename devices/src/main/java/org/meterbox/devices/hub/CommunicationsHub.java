// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meterbox.devices.machine.Outgoing;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * Carries messages between the SM WAN and the devices of a home. Downwards a message is handed to
 * its device, which keeps what it must keep before it answers. Upwards each message stays until it
 * is acknowledged: in the device's memory where it reports a change, else in the hub's own, which a
 * loss of power clears, for the answer to a read can be had again by asking again.
 *
 * <p>The SM WAN stands behind {@link #deliver}, {@link #firstUnacknowledged}, {@link #acknowledged}
 * and the bell: this room does not know it.
 */
public final class CommunicationsHub {
  /** Devices in a home: the 16 entries of the device log and the hub's two functions. */
  public static final int MAX_DEVICES = 18;

  /** Messages that wait in the hub; with as many it takes nothing more from the SM WAN. */
  public static final int MAX_WAITING = 1_024;

  /** What became of a message for a device. */
  public enum Delivery {
    /** The device has dealt with it. */
    TAKEN,
    /** It is not in this home. */
    UNKNOWN_DEVICE,
    /** Too much waits to be acknowledged. */
    FULL,
    /** The device's memory failed: try again. */
    TRY_AGAIN
  }

  /**
   * A message on its way up.
   *
   * @param sequence the hub's number for it since it was switched on
   */
  public record Upward(long sequence, Eui64 device, Octets message) {}

  private record Waiting(Upward upward, StoredDevice<?> device, Outgoing outgoing) {}

  private final Eui64 id;
  private final Map<Eui64, StoredDevice<?>> devices = new ConcurrentHashMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long lastSequence;
  private volatile Runnable bell = () -> {};

  /**
   * A hub without devices.
   *
   * @param id the identifier of its communications hub function
   */
  public CommunicationsHub(Eui64 id) {
    this.id = id;
  }

  /** The identifier of the communications hub function. */
  public Eui64 id() {
    return id;
  }

  /** The devices in this home. */
  public Set<Eui64> devices() {
    return Set.copyOf(devices.keySet());
  }

  /**
   * Takes a device into the home, and with it what it still keeps for the SM WAN.
   *
   * @throws MemoryFailureException where its memory fails
   * @throws IllegalStateException where the home is full
   */
  public void join(StoredDevice<?> device) throws MemoryFailureException {
    if (devices.size() >= MAX_DEVICES && !devices.containsKey(device.id())) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "a home has at most %d devices", MAX_DEVICES));
    }
    devices.put(device.id(), device);
    take(device, device.offer());
  }

  /** Rung whenever something waits for the SM WAN; the bell must not wait for anything. */
  public void onWaiting(Runnable ring) {
    bell = ring;
    ring.run();
  }

  /** Hands a message to a device. */
  public Delivery deliver(Eui64 device, Octets message) {
    StoredDevice<?> recipient = devices.get(device);
    if (recipient == null) {
      return Delivery.UNKNOWN_DEVICE;
    }
    if (isFull()) {
      return Delivery.FULL;
    }
    StoredDevice.Reception reception = recipient.receive(message);
    take(recipient, reception.messages());
    return switch (reception.status()) {
      case TAKEN -> Delivery.TAKEN;
      case BUSY -> Delivery.FULL;
      case UNAVAILABLE -> Delivery.TRY_AGAIN;
    };
  }

  /** Takes what a device sends unasked. */
  public void take(StoredDevice<?> from, List<Outgoing> messages) {
    synchronized (waiting) {
      for (Outgoing outgoing : messages) {
        boolean known =
            outgoing.isKept()
                && waiting.stream()
                    .anyMatch(w -> w.device().equals(from) && w.outgoing().equals(outgoing));
        if (!known) {
          Upward upward = new Upward(++lastSequence, from.id(), outgoing.message());
          waiting.add(new Waiting(upward, from, outgoing));
        }
      }
    }
    if (!messages.isEmpty()) {
      bell.run();
    }
  }

  /** The oldest message that nobody has acknowledged. */
  public Optional<Upward> firstUnacknowledged() {
    synchronized (waiting) {
      return Optional.ofNullable(waiting.peekFirst()).map(Waiting::upward);
    }
  }

  /** The SM WAN's other side has stored this message. Telling twice does no harm. */
  public void acknowledged(Upward upward) {
    Optional<Waiting> done;
    synchronized (waiting) {
      done = waiting.stream().filter(w -> w.upward().equals(upward)).findFirst();
      done.ifPresent(waiting::remove);
    }
    done.filter(w -> w.outgoing().isKept())
        .ifPresent(w -> w.device().acknowledged(w.outgoing().number()));
  }

  private boolean isFull() {
    synchronized (waiting) {
      return waiting.size() >= MAX_WAITING;
    }
  }
}
