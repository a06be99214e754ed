// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.wan.DeliveryReport.Outcome;
import org.meterbox.wan.HubConnection.Upward;
import org.meterbox.wan.PriorityQueues.Waiting;

/**
 * The line to one hub. Each direction is worked by at most one thread, which exists only while
 * there is something to carry and the hub is there. A direction that failed rests until the next
 * {@link #tick}. When a hub connects, what it keeps for the DSP comes first: it may hold the answer
 * to a command that waits here to be sent again, and the device would take that for a replay.
 */
final class HubLine {
  /** What the line reports and whom it asks. */
  interface Surroundings {
    Instant now();

    void report(Downlink downlink, Outcome outcome);

    /** For each message whether it is stored. */
    List<Boolean> store(List<Upward> messages);

    /** A fault of our own in a thread of the line; the line goes on. */
    void fault(Eui64 hub, RuntimeException fault);
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** Held while a message is taken and handed down, and while one is acknowledged. */
  private final ReentrantLock delivering = new ReentrantLock();

  private final Eui64 hub;
  private final Executor threads;
  private final Surroundings surroundings;
  private final PriorityQueues queues;
  private @Nullable Link connected;
  private boolean carryingDown;
  private boolean carryingUp;
  private boolean downRests;
  private boolean upRests;
  private boolean upWaiting;
  private boolean upFetchedOnce;
  private boolean closed;

  HubLine(Eui64 hub, Executor threads, Surroundings surroundings, WanLimits limits) {
    this.hub = hub;
    this.threads = threads;
    this.surroundings = surroundings;
    this.queues = new PriorityQueues(limits);
  }

  Acceptance send(Downlink downlink) {
    lock.lock();
    try {
      if (closed) {
        return new Acceptance.Refused(Acceptance.Reason.CLOSED);
      }
      if (!queues.add(new Waiting(downlink, surroundings.now()))) {
        return new Acceptance.Refused(Acceptance.Reason.QUEUE_FULL);
      }
    } finally {
      lock.unlock();
    }
    wake();
    return Acceptance.Accepted.VALUE;
  }

  /** A later connection takes the place of an earlier one, as after a loss that nobody noticed. */
  HubLink connect(HubConnection connection) {
    Link link = new Link(connection);
    lock.lock();
    try {
      connected = link;
      downRests = false;
      upRests = false;
      // The hub may keep messages from before.
      upWaiting = true;
      upFetchedOnce = false;
    } finally {
      lock.unlock();
    }
    wake();
    return link;
  }

  /** Drops what still waits under this name. */
  void withdraw(MessageId correlation) {
    lock.lock();
    try {
      queues.remove(correlation);
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what waited too long, and tries again what failed. */
  void tick() {
    List<Waiting> overdue;
    lock.lock();
    try {
      overdue = queues.takeOverdue(surroundings.now());
      downRests = false;
      upRests = false;
    } finally {
      lock.unlock();
    }
    overdue.forEach(w -> surroundings.report(w.downlink(), Outcome.HUB_UNREACHABLE));
    wake();
  }

  void close() {
    List<Waiting> abandoned;
    lock.lock();
    try {
      closed = true;
      connected = null;
      abandoned = queues.takeAll();
    } finally {
      lock.unlock();
    }
    abandoned.forEach(w -> surroundings.report(w.downlink(), Outcome.WAN_CLOSED));
  }

  /** One connection of the hub; only the latest counts. */
  private final class Link implements HubLink {
    private final HubConnection connection;

    Link(HubConnection connection) {
      this.connection = connection;
    }

    @Override
    public void uplinkWaiting() {
      lock.lock();
      try {
        upWaiting |= connected == this;
      } finally {
        lock.unlock();
      }
      wake();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (connected == this) {
          connected = null;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Starts a thread for each direction that has work, a hub to work with, and no thread yet. */
  private void wake() {
    boolean down;
    boolean up;
    lock.lock();
    try {
      boolean there = connected != null;
      down = there && upFetchedOnce && !carryingDown && !downRests && !queues.isEmpty();
      up = there && !carryingUp && !upRests && upWaiting;
      carryingDown |= down;
      carryingUp |= up;
    } finally {
      lock.unlock();
    }
    if (down) {
      threads.execute(this::carryDown);
    }
    if (up) {
      threads.execute(this::carryUp);
    }
  }

  private void carryDown() {
    boolean more = true;
    while (more) {
      delivering.lock();
      try {
        Optional<Work> work = nextDown();
        work.ifPresent(this::deliver);
        more = work.isPresent();
      } finally {
        delivering.unlock();
      }
    }
  }

  private record Work(Link to, Waiting waiting) {}

  private Optional<Work> nextDown() {
    lock.lock();
    try {
      Link to = connected;
      boolean rests = to == null || downRests || !upFetchedOnce;
      Optional<Waiting> next = rests ? Optional.empty() : queues.take();
      carryingDown = next.isPresent();
      return to == null ? Optional.empty() : next.map(waiting -> new Work(to, waiting));
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Work work) {
    Downlink downlink = work.waiting().downlink();
    HubConnection.Answer answer;
    try {
      answer =
          work.to().connection.deliver(downlink.device(), downlink.message(), downlink.priority());
    } catch (RuntimeException fault) {
      // The edge of the thread: a fault in one hub must not end its line, let alone others.
      surroundings.fault(hub, fault);
      answer = HubConnection.Answer.UNREACHABLE;
    }
    switch (answer) {
      case TAKEN -> surroundings.report(downlink, Outcome.DELIVERED);
      case UNKNOWN_DEVICE -> surroundings.report(downlink, Outcome.DEVICE_NOT_IN_HAN);
      case DEVICE_QUEUE_FULL -> surroundings.report(downlink, Outcome.DEVICE_QUEUE_FULL);
      case UNREACHABLE -> keepForLater(work);
    }
  }

  private void keepForLater(Work work) {
    boolean abandoned;
    lock.lock();
    try {
      abandoned = closed;
      if (!abandoned) {
        queues.putBack(work.waiting());
        // A hub that connected meanwhile is a new chance, so the line rests only for the old one.
        downRests = work.to() == connected;
      }
    } finally {
      lock.unlock();
    }
    if (abandoned) {
      surroundings.report(work.waiting().downlink(), Outcome.WAN_CLOSED);
    }
  }

  private void carryUp() {
    for (Optional<HubConnection> from = nextUp(); from.isPresent(); from = nextUp()) {
      fetch(from.get());
    }
  }

  private Optional<HubConnection> nextUp() {
    lock.lock();
    try {
      Link from = connected;
      boolean goOn = from != null && upWaiting && !upRests;
      carryingUp = goOn;
      // Cleared before the hub is asked: what it says while it is asked counts again.
      upWaiting &= !goOn;
      return from != null && goOn ? Optional.of(from.connection) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void fetch(HubConnection from) {
    try {
      boolean allStored = true;
      List<Upward> next = from.unacknowledged(WanLimits.UPWARD_AT_ONCE);
      while (allStored && !next.isEmpty()) {
        allStored = store(from, next);
        next = from.unacknowledged(WanLimits.UPWARD_AT_ONCE);
      }
      if (allStored) {
        fetched(from);
      } else {
        restUp();
      }
    } catch (RuntimeException fault) {
      surroundings.fault(hub, fault);
      restUp();
    }
  }

  /** Whether all of them are stored; those that are need not be sent again. */
  private boolean store(HubConnection from, List<Upward> messages) {
    List<Boolean> stored = surroundings.store(messages);
    // A command may be on its way a second time just now; the device shall still know its answer.
    delivering.lock();
    try {
      for (int i = 0; i < messages.size(); i++) {
        if (stored.get(i)) {
          from.acknowledged(messages.get(i));
        }
      }
    } finally {
      delivering.unlock();
    }
    return !stored.contains(false);
  }

  private void fetched(HubConnection from) {
    lock.lock();
    try {
      upFetchedOnce |= connected != null && connected.connection.equals(from);
    } finally {
      lock.unlock();
    }
    wake();
  }

  private void restUp() {
    lock.lock();
    try {
      upRests = true;
      upWaiting = true;
    } finally {
      lock.unlock();
    }
  }
}
