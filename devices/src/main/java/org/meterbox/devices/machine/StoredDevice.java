// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.devices.memory.DeviceMemory;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.security.DeviceKeys;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * A device with its memory. What a message changed is durable before anything is sent; a memory
 * that fails leaves the device where its memory says it is. One message at a time; safe for use by
 * many threads.
 */
public final class StoredDevice<F> {
  /** The outcome of handing a message to the device. */
  public enum Status {
    /** Dealt with: carried out, or refused in silence. */
    TAKEN,
    /** The device keeps as many unacknowledged messages as it can. */
    BUSY,
    /** The memory failed: hand the message over again. */
    UNAVAILABLE
  }

  /**
   * The device's reaction.
   *
   * @param messages what it sends now, oldest first
   */
  public record Reception(Status status, List<Outgoing> messages) {
    /** Copies the list. */
    public Reception {
      messages = List.copyOf(messages);
    }
  }

  /** How far a device looks ahead for the next moment at which it does something. */
  public static final Duration LOOK_AHEAD = Duration.ofDays(31);

  private final Eui64 id;
  private final DeviceMachine<F> machine;
  private final StateImage<F> images;
  private final DeviceMemory memory;
  private final InstantSource clock;
  private final DeviceObserver observer;
  private Optional<DeviceState<F>> known = Optional.empty();
  private Optional<Instant> nextWake = Optional.empty();

  /**
   * How often {@link #nextWake} was forgotten: a look ahead from an earlier state does not count.
   */
  private long changes;

  private long lastOffered;

  private StoredDevice(
      Eui64 id,
      DeviceModel<F> model,
      StateImage<F> images,
      DeviceMemory memory,
      InstantSource clock,
      DeviceObserver observer) {
    this.id = id;
    this.machine = new DeviceMachine<>(model);
    this.images = images;
    this.memory = memory;
    this.clock = clock;
    this.observer = observer;
  }

  /** Puts a new device's state into its memory, which must be empty. */
  public static <F> void manufacture(
      DeviceModel<F> model, DeviceState<F> state, DeviceMemory memory)
      throws MemoryFailureException {
    if (memory.load().isPresent()) {
      throw new MemoryFailureException(
          String.format(Locale.ROOT, "the memory of %s is not empty", state.id()));
    }
    memory.store(new StateImage<>(model, image -> state.keys()).write(state));
  }

  /**
   * Switches a device on.
   *
   * @param keys how its keys stand in the image
   * @throws MemoryFailureException where the memory is empty or cannot be read
   */
  public static <F> StoredDevice<F> powerUp(
      DeviceModel<F> model,
      DeviceMemory memory,
      DeviceKeys.Reader keys,
      InstantSource clock,
      DeviceObserver observer)
      throws MemoryFailureException {
    StateImage<F> images = new StateImage<>(model, keys);
    DeviceState<F> state =
        images.read(
            memory.load().orElseThrow(() -> new MemoryFailureException("the memory is empty")));
    StoredDevice<F> device = new StoredDevice<>(state.id(), model, images, memory, clock, observer);
    device.known = Optional.of(state);
    return device;
  }

  /** The device's identifier. */
  public Eui64 id() {
    return id;
  }

  /**
   * The device's state, for whoever watches the home.
   *
   * @throws MemoryFailureException where the memory failed before and still does
   */
  public synchronized DeviceState<F> state() throws MemoryFailureException {
    return recalled();
  }

  /** Hands a message to the device. */
  public synchronized Reception receive(Octets message) {
    // A device's time has whole seconds, in its logs as in its memory.
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      DeviceState<F> before = recalled();
      if (before.unacknowledged().size() >= DeviceState.MAX_UNACKNOWLEDGED) {
        return new Reception(Status.BUSY, notYetOffered(before));
      }
      Step<F> step = machine.receive(before, message, now);
      if (!step.durable()) {
        known = Optional.of(step.state());
        List<Outgoing> messages = new ArrayList<>(notYetOffered(before));
        step.message().ifPresent(answer -> messages.add(new Outgoing(0, answer)));
        tell(step, now);
        return new Reception(Status.TAKEN, messages);
      }
      DeviceState<F> after = step.message().map(step.state()::withOutgoing).orElseGet(step::state);
      keep(after);
      tell(step, now);
      return new Reception(Status.TAKEN, notYetOffered(after));
    } catch (MemoryFailureException _) {
      return new Reception(Status.UNAVAILABLE, List.of());
    }
  }

  /**
   * Lets something happen at the device itself: a button, a cover, a load that is switched on.
   *
   * @return what the device sends because of it
   * @throws MemoryFailureException where it is not certain that the device remembers it
   */
  public synchronized List<Outgoing> locally(LocalEvent<F> event) throws MemoryFailureException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return keep(machine.locally(recalled(), event, now), now);
  }

  /**
   * Lets the time pass that has passed since the device was last touched.
   *
   * @return what the device sends because of it
   * @throws MemoryFailureException where it is not certain that the device remembers it
   */
  public synchronized List<Outgoing> wake() throws MemoryFailureException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    forgetNextWake();
    return keep(machine.advance(recalled(), now), now);
  }

  /**
   * Lets time pass where the device has something to do by now; else it costs nothing.
   *
   * @return what the device sends because of it
   * @throws MemoryFailureException where it is not certain that the device remembers it
   */
  public List<Outgoing> wakeIfDue() throws MemoryFailureException {
    return nextWake().isAfter(clock.instant()) ? List.of() : wake();
  }

  /**
   * When the device does something by itself next, or shall be woken anyhow, by the state in which
   * it is when this is called. Looked for once after each change, and without keeping anybody else
   * from the device: to look a month ahead takes time in which commands must not wait.
   *
   * @throws MemoryFailureException where the memory failed before and still does
   */
  public Instant nextWake() throws MemoryFailureException {
    DeviceState<F> state;
    long lookedAt;
    synchronized (this) {
      if (nextWake.isPresent()) {
        return nextWake.get();
      }
      state = recalled();
      lookedAt = changes;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant found = machine.nextNoticeable(state, now.plus(LOOK_AHEAD));
    synchronized (this) {
      if (changes == lookedAt) {
        nextWake = Optional.of(found);
      }
    }
    return found;
  }

  private void forgetNextWake() {
    nextWake = Optional.empty();
    changes++;
  }

  /** What the device keeps and has not offered since it was switched on. */
  public synchronized List<Outgoing> offer() throws MemoryFailureException {
    return notYetOffered(recalled());
  }

  /**
   * The message with this number has arrived. The memory learns it with the next change; until then
   * it would be sent once more after a loss of power, which its receiver bears.
   */
  public synchronized void acknowledged(long number) {
    known = known.map(state -> state.withAcknowledged(number));
  }

  private DeviceState<F> recalled() throws MemoryFailureException {
    if (known.isPresent()) {
      return known.get();
    }
    DeviceState<F> state =
        images.read(
            memory.load().orElseThrow(() -> new MemoryFailureException("the memory is empty")));
    lastOffered = 0;
    known = Optional.of(state);
    return state;
  }

  private List<Outgoing> keep(Step<F> step, Instant now) throws MemoryFailureException {
    if (step.durable()) {
      keep(step.state());
    } else {
      known = Optional.of(step.state());
    }
    tell(step, now);
    return notYetOffered(step.state());
  }

  private void keep(DeviceState<F> state) throws MemoryFailureException {
    // Until the memory says that it has the new state, nobody knows which one it has.
    known = Optional.empty();
    forgetNextWake();
    memory.store(images.write(state));
    known = Optional.of(state);
  }

  private List<Outgoing> notYetOffered(DeviceState<F> state) {
    List<Outgoing> messages =
        state.unacknowledged().stream().filter(o -> o.number() > lastOffered).toList();
    lastOffered = Math.max(lastOffered, state.lastOutgoing());
    return messages;
  }

  private void tell(Step<F> step, Instant now) {
    step.events().forEach(event -> observer.observed(id, now, event));
  }
}
