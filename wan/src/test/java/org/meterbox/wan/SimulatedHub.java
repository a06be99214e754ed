// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;

/** A hub for tests: notes what it gets, answers as told, keeps what it is given to send. */
class SimulatedHub implements HubConnection {
  final List<Octets> delivered = Collections.synchronizedList(new ArrayList<>());
  final Deque<Upward> kept = new ArrayDeque<>();
  final CountDownLatch expected;
  final List<Priority> priorities = Collections.synchronizedList(new ArrayList<>());
  Answer answer = Answer.TAKEN;
  private long sequence;

  SimulatedHub() {
    this(0);
  }

  /** Counts down as messages come. */
  SimulatedHub(int expectedMessages) {
    expected = new CountDownLatch(expectedMessages);
  }

  /** Called for each message before it is answered. */
  void onDelivery(Octets message) {}

  void keep(Eui64 device, Octets message) {
    synchronized (kept) {
      kept.add(new Upward(++sequence, device, message));
    }
  }

  @Override
  public Answer deliver(Eui64 device, Octets message, Priority priority) {
    onDelivery(message);
    if (answer == Answer.TAKEN) {
      priorities.add(priority);
      delivered.add(message);
      expected.countDown();
    }
    return answer;
  }

  @Override
  public List<Upward> unacknowledged(int max) {
    synchronized (kept) {
      return kept.stream().limit(max).toList();
    }
  }

  @Override
  public void acknowledged(Upward message) {
    synchronized (kept) {
      kept.remove(message);
    }
  }
}
