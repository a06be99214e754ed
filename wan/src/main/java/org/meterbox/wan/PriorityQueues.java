// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Priority;

/**
 * What waits for one hub. Each priority has its own bound, so that no flood of bulk work keeps a
 * supply command out. Not safe for use by two threads.
 */
final class PriorityQueues {
  /** A message with the time when it came. */
  record Waiting(Downlink downlink, Instant since) {}

  private final Map<Priority, Deque<Waiting>> byPriority = new EnumMap<>(Priority.class);
  private final WanLimits limits;

  PriorityQueues(WanLimits limits) {
    this.limits = limits;
    for (Priority priority : Priority.values()) {
      byPriority.put(priority, new ArrayDeque<>());
    }
  }

  /** Appends behind its equals; false where its priority is full. */
  boolean add(Waiting waiting) {
    Deque<Waiting> queue = queue(waiting);
    return queue.size() < limits.maxWaitingPerPriority() && queue.add(waiting);
  }

  /** Puts back at the front what was taken and could not be delivered; never refused. */
  void putBack(Waiting waiting) {
    queue(waiting).addFirst(waiting);
  }

  /** Takes the oldest of the most urgent. */
  Optional<Waiting> take() {
    // An EnumMap goes through its keys in the order of their declaration: the most urgent first.
    return byPriority.values().stream()
        .filter(queue -> !queue.isEmpty())
        .findFirst()
        .map(Deque::removeFirst);
  }

  boolean isEmpty() {
    return byPriority.values().stream().allMatch(Deque::isEmpty);
  }

  /** Takes everything that has waited as long as it may. */
  List<Waiting> takeOverdue(Instant now) {
    List<Waiting> overdue = new ArrayList<>();
    byPriority.forEach((priority, queue) -> {
      Instant oldest = now.minus(limits.maxWait(priority));
      for (Iterator<Waiting> it = queue.iterator(); it.hasNext(); ) {
        Waiting waiting = it.next();
        if (!waiting.since().isAfter(oldest)) {
          it.remove();
          overdue.add(waiting);
        }
      }
    });
    return overdue;
  }

  /** Drops what waits under this name. */
  void remove(MessageId correlation) {
    byPriority
        .values()
        .forEach(queue -> queue.removeIf(w -> w.downlink().correlation().equals(correlation)));
  }

  /** Takes everything. */
  List<Waiting> takeAll() {
    List<Waiting> all = new ArrayList<>();
    byPriority
        .values()
        .forEach(queue -> {
          all.addAll(queue);
          queue.clear();
        });
    return all;
  }

  private Deque<Waiting> queue(Waiting waiting) {
    Deque<Waiting> queue = byPriority.get(waiting.downlink().priority());
    if (queue == null) {
      throw new AssertionError("every priority has a queue");
    }
    return queue;
  }
}
