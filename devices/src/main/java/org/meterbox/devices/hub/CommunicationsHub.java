// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.meterbox.devices.machine.Outgoing;
import org.meterbox.devices.machine.StoredDevice;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;

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

  /** Of these, room that only answers to supply commands and top-ups take. */
  public static final int SUPPLY_ROOM = 64;

  /** Devices speak unasked only in alerts: before answers to reads, behind those to supply. */
  private static final Priority UNASKED = Priority.CRITICAL;

  /** The outcome of handing a message to a device. */
  public enum Delivery {
    /** The device has dealt with it, or it is held for a device that sleeps. */
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
  private final Map<Eui64, HeldMessages> asleep = new ConcurrentHashMap<>();
  private final Map<Priority, Deque<Waiting>> waiting = new EnumMap<>(Priority.class);
  private long lastSequence;
  private volatile Runnable bell = () -> {};

  /**
   * A hub without devices.
   *
   * @param id the identifier of its communications hub function
   */
  public CommunicationsHub(Eui64 id) {
    this.id = id;
    for (Priority priority : Priority.values()) {
      waiting.put(priority, new ArrayDeque<>());
    }
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
    add(device);
    take(device, device.offer());
  }

  /**
   * Takes a device into the home that sleeps: it speaks, and takes what is held for it, when it is
   * {@link #awake}.
   *
   * @throws IllegalStateException where the home is full
   */
  public void joinSleeping(StoredDevice<?> device) {
    add(device);
    asleep.put(device.id(), new HeldMessages());
  }

  private void add(StoredDevice<?> device) {
    if (devices.size() >= MAX_DEVICES && !devices.containsKey(device.id())) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "a home has at most %d devices", MAX_DEVICES));
    }
    devices.put(device.id(), device);
  }

  /** Rung whenever something waits for the SM WAN; the bell must not wait for anything. */
  public void onWaiting(Runnable ring) {
    bell = ring;
    ring.run();
  }

  /**
   * Hands a message to a device, or holds it for one that sleeps.
   *
   * @param priority of the message; what the device says to it goes up with the same
   */
  public Delivery deliver(Eui64 device, Octets message, Priority priority) {
    StoredDevice<?> recipient = devices.get(device);
    if (recipient == null) {
      return Delivery.UNKNOWN_DEVICE;
    }
    HeldMessages held = asleep.get(device);
    if (held != null) {
      boolean isHeld = held.hold(new HeldMessages.Held(message, priority));
      return isHeld ? Delivery.TAKEN : Delivery.FULL;
    }
    return handOver(recipient, message, priority);
  }

  private Delivery handOver(StoredDevice<?> recipient, Octets message, Priority priority) {
    if (isFullFor(priority)) {
      return Delivery.FULL;
    }
    StoredDevice.Reception reception = recipient.receive(message);
    take(recipient, reception.messages(), priority);
    return switch (reception.status()) {
      case TAKEN -> Delivery.TAKEN;
      case BUSY -> Delivery.FULL;
      case UNAVAILABLE -> Delivery.TRY_AGAIN;
    };
  }

  /**
   * A device that sleeps is awake for a moment: it says what it has to say and gets what is held
   * for it. What it cannot take now stays for the next time.
   *
   * @throws MemoryFailureException where its memory fails
   */
  public void awake(Eui64 device) throws MemoryFailureException {
    StoredDevice<?> recipient = devices.get(device);
    HeldMessages held = asleep.get(device);
    if (recipient == null || held == null) {
      throw new IllegalArgumentException(device + " is no device that sleeps in this home");
    }
    take(recipient, recipient.offer());
    Optional<HeldMessages.Held> next = held.first();
    while (next.isPresent()) {
      HeldMessages.Held message = next.get();
      if (handOver(recipient, message.message(), message.priority()) != Delivery.TAKEN) {
        return;
      }
      held.fetched(message);
      next = held.first();
    }
  }

  /** Takes what a device sends unasked. */
  public void take(StoredDevice<?> from, List<Outgoing> messages) {
    take(from, messages, UNASKED);
  }

  private void take(StoredDevice<?> from, List<Outgoing> messages, Priority priority) {
    synchronized (waiting) {
      for (Outgoing outgoing : messages) {
        boolean known =
            outgoing.isKept()
                && all().anyMatch(w -> w.device().equals(from) && w.outgoing().equals(outgoing));
        if (!known) {
          Upward upward = new Upward(++lastSequence, from.id(), outgoing.message());
          queue(priority).add(new Waiting(upward, from, outgoing));
        }
      }
    }
    if (!messages.isEmpty()) {
      bell.run();
    }
  }

  /** The most urgent message that nobody has acknowledged, and of those the oldest. */
  public Optional<Upward> firstUnacknowledged() {
    synchronized (waiting) {
      return all().findFirst().map(Waiting::upward);
    }
  }

  /** What nobody has acknowledged, in the order of {@link #firstUnacknowledged}. */
  public List<Upward> unacknowledged(int max) {
    synchronized (waiting) {
      return all().limit(max).map(Waiting::upward).toList();
    }
  }

  /** The SM WAN's other side has stored this message. Telling twice does no harm. */
  public void acknowledged(Upward upward) {
    Optional<Waiting> done;
    synchronized (waiting) {
      done = all().filter(w -> w.upward().equals(upward)).findFirst();
      done.ifPresent(found -> waiting.values().forEach(queue -> queue.remove(found)));
    }
    done.filter(w -> w.outgoing().isKept())
        .ifPresent(w -> w.device().acknowledged(w.outgoing().number()));
  }

  private boolean isFullFor(Priority priority) {
    int max = priority == Priority.SUPPLY ? MAX_WAITING : MAX_WAITING - SUPPLY_ROOM;
    synchronized (waiting) {
      return all().count() >= max;
    }
  }

  /** The most urgent first: an EnumMap goes through its keys in the order of declaration. */
  private Stream<Waiting> all() {
    return waiting.values().stream().flatMap(Deque::stream);
  }

  private Deque<Waiting> queue(Priority priority) {
    Deque<Waiting> queue = waiting.get(priority);
    if (queue == null) {
      throw new AssertionError("every priority has a queue");
    }
    return queue;
  }
}
