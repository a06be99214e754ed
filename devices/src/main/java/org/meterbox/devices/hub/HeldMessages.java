// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;

/**
 * What a hub holds for a device that sleeps, until the device is awake and fetches it. Safe for use
 * by many threads. A loss of power clears it: the DSP sends again what it has no answer to.
 */
final class HeldMessages {
  /** Messages held for one device: a setting, for the specifications give no number. */
  static final int MAX = 32;

  /** Of these only for supply commands and top-ups, so that reads cannot keep them out. */
  static final int SUPPLY_ROOM = 8;

  /** A message on its way down. */
  record Held(Octets message, Priority priority) {}

  private final Map<Priority, Deque<Held>> messages = new EnumMap<>(Priority.class);

  HeldMessages() {
    for (Priority priority : Priority.values()) {
      messages.put(priority, new ArrayDeque<>());
    }
  }

  /**
   * Holds a message; one that is held already is not held twice.
   *
   * @return whether it is held: not where as many wait as may
   */
  synchronized boolean hold(Held held) {
    if (all().anyMatch(other -> other.message().equals(held.message()))) {
      return true;
    }
    int max = held.priority() == Priority.SUPPLY ? MAX : MAX - SUPPLY_ROOM;
    if (all().count() >= max) {
      return false;
    }
    queue(held.priority()).add(held);
    return true;
  }

  /** The most urgent message, and of those the oldest. */
  synchronized Optional<Held> first() {
    return all().findFirst();
  }

  /** The device has it. */
  synchronized void fetched(Held held) {
    queue(held.priority()).remove(held);
  }

  private Stream<Held> all() {
    return messages.values().stream().flatMap(Deque::stream);
  }

  private Deque<Held> queue(Priority priority) {
    Deque<Held> queue = messages.get(priority);
    if (queue == null) {
      throw new AssertionError("every priority has a queue");
    }
    return queue;
  }
}
