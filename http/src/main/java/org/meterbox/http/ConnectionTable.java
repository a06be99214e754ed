// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.meterbox.http.TrackedConnection.Phase;

/**
 * The open connections of one listener. Decides who is let in, who has to go for others and whose
 * time is over. Time is counted in ticks of {@link #TICK}, so that no jump of a clock closes or
 * keeps a connection. Safe for use by many threads.
 */
final class ConnectionTable {
  /** The unit of time. */
  static final Duration TICK = Duration.ofSeconds(1);

  /**
   * Part of the time for a request after which a connection whose request still arrives is closed
   * when others wait: an honest request of 16 MiB needs less on a line of 30 Mbit/s.
   */
  private static final int SLOW_PART = 6;

  private final ConnectionLimits limits;
  private final ReentrantLock lock = new ReentrantLock();

  /** By phase, in the order in which the phase began. */
  private final Map<Phase, LinkedHashSet<TrackedConnection>> byPhase = new EnumMap<>(Phase.class);

  private final Map<SocketAddress, TrackedConnection> byPeer = new HashMap<>();
  private final Map<Object, Integer> perAddress = new HashMap<>();
  private long octets;
  private long now;

  ConnectionTable(ConnectionLimits limits) {
    this.limits = limits;
    for (Phase phase : Phase.values()) {
      byPhase.put(phase, new LinkedHashSet<>());
    }
  }

  /**
   * Lets a connection in; where there is no room, at the cost of the one that has waited longest
   * without a request.
   *
   * @return false where every other connection is at work: this one has to go
   */
  boolean admit(TrackedConnection arrived) {
    lock.lock();
    try {
      if (!hasRoomFor(arrived)) {
        forgetClosed();
      }
      if (countOf(arrived.address()) >= limits.perAddressMax()
          && !closeOneWaiting(Optional.of(arrived.address()))) {
        return false;
      }
      if (byPeer.size() >= limits.connectionsMax() && !closeOneWaiting(Optional.empty())) {
        return false;
      }
      Optional.ofNullable(byPeer.get(arrived.peer())).ifPresent(this::forget);
      byPeer.put(arrived.peer(), arrived);
      perAddress.merge(arrived.address(), 1, Integer::sum);
      arrived.since = now;
      of(Phase.OPENING).add(arrived);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The connection with this other end. */
  Optional<TrackedConnection> find(SocketAddress peer) {
    lock.lock();
    try {
      return Optional.ofNullable(byPeer.get(peer));
    } finally {
      lock.unlock();
    }
  }

  /** The server is about to wait for octets of this peer. */
  void awaitsPeer(TrackedConnection connection) {
    lock.lock();
    try {
      if (connection.phase == Phase.ANSWERING) {
        move(connection, Phase.IDLE);
      }
      connection.awaitsPeer = true;
      if (isOverdue(connection)) {
        // Whoever sends octet by octet is seldom seen waiting by a tick.
        closeAndForget(connection);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Octets of a request have arrived; where all requests together have too many, it goes. */
  void received(TrackedConnection connection, int count) {
    lock.lock();
    try {
      connection.awaitsPeer = false;
      if (connection.phase != Phase.RECEIVING) {
        move(connection, Phase.RECEIVING);
      }
      if (!of(Phase.RECEIVING).contains(connection)) {
        return;
      }
      connection.octets += count;
      octets += count;
      if (octets > limits.octetsMax()) {
        closeAndForget(connection);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A part of an answer is about to be sent. */
  void answers(TrackedConnection connection) {
    lock.lock();
    try {
      move(connection, Phase.ANSWERING);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last request was answered before all of it had arrived. */
  boolean answeredEarly(TrackedConnection connection) {
    lock.lock();
    try {
      return connection.phase == Phase.ANSWERING;
    } finally {
      lock.unlock();
    }
  }

  /** The connection has ended. */
  void left(TrackedConnection connection) {
    lock.lock();
    try {
      forget(connection);
    } finally {
      lock.unlock();
    }
  }

  /** Time passes: closes whatever has exceeded its time. */
  void tick() {
    lock.lock();
    try {
      now++;
      forgetClosed();
      for (Phase phase : Phase.values()) {
        List.copyOf(of(phase)).stream().filter(this::isOverdue).forEach(this::closeAndForget);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many connections there are. */
  int count() {
    lock.lock();
    try {
      return byPeer.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOverdue(TrackedConnection connection) {
    long ticks = now - connection.since;
    return switch (connection.phase) {
      case OPENING -> ticks >= ticks(limits.handshakeMax());
      case IDLE -> ticks >= ticks(limits.idleMax());
      case RECEIVING -> connection.awaitsPeer && ticks >= ticks(limits.requestMax());
      case ANSWERING -> ticks >= ticks(limits.answerMax());
    };
  }

  private boolean hasRoomFor(TrackedConnection arrived) {
    return byPeer.size() < limits.connectionsMax()
        && countOf(arrived.address()) < limits.perAddressMax();
  }

  /** Those who never said anything go first, then those between requests, then the slow. */
  private boolean closeOneWaiting(Optional<Object> address) {
    Optional<TrackedConnection> longest =
        firstOf(Phase.OPENING, address)
            .or(() -> firstOf(Phase.IDLE, address))
            .or(() -> firstOf(Phase.RECEIVING, address));
    longest.ifPresent(this::closeAndForget);
    return longest.isPresent();
  }

  private Optional<TrackedConnection> firstOf(Phase phase, Optional<Object> address) {
    return of(phase).stream()
        .filter(c -> address.isEmpty() || address.get().equals(c.address()))
        .filter(c -> phase != Phase.RECEIVING || isSlow(c))
        .findFirst();
  }

  private boolean isSlow(TrackedConnection connection) {
    return connection.awaitsPeer
        && now - connection.since >= Math.ceilDiv(ticks(limits.requestMax()), SLOW_PART);
  }

  private void forgetClosed() {
    List<TrackedConnection> closed = new ArrayList<>();
    byPeer.values().stream().filter(c -> !c.isOpen()).forEach(closed::add);
    closed.forEach(this::forget);
  }

  private void closeAndForget(TrackedConnection connection) {
    connection.close();
    forget(connection);
  }

  private void move(TrackedConnection connection, Phase phase) {
    if (of(connection.phase).remove(connection)) {
      of(phase).add(connection);
      dropOctets(connection);
    }
    connection.phase = phase;
    connection.since = now;
  }

  private void dropOctets(TrackedConnection connection) {
    octets -= connection.octets;
    connection.octets = 0;
  }

  private void forget(TrackedConnection connection) {
    if (of(connection.phase).remove(connection)) {
      dropOctets(connection);
      byPeer.remove(connection.peer(), connection);
      perAddress.computeIfPresent(
          connection.address(), (address, count) -> count > 1 ? count - 1 : null);
    }
  }

  private int countOf(Object address) {
    return perAddress.getOrDefault(address, 0);
  }

  private Set<TrackedConnection> of(Phase phase) {
    LinkedHashSet<TrackedConnection> found = byPhase.get(phase);
    if (found == null) {
      throw new AssertionError("every phase has its connections");
    }
    return found;
  }

  private static long ticks(Duration time) {
    return Math.max(1, Math.ceilDiv(time.toMillis(), TICK.toMillis()));
  }
}
