// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.kernel.Eui64;

/**
 * The notices of one user that are in memory, and how many threads push them. A slow or dead user
 * fills its own lane and nobody else's; what finds no room stays in the store and is read again
 * when there is room. Safe for use by many threads.
 */
final class Lane {
  /** Notices that wait in memory at most, some 3 kilobytes each. */
  static final int WAITING_MAX = 1_000;

  /** Threads that push at the same time at most. */
  static final int WORKERS_MAX = 64;

  private final Eui64 user;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Set<Long> inHand = new HashSet<>();
  private final Set<Long> doneDuringRefill = new HashSet<>();
  private int workers;
  private boolean moreInStore;
  private boolean refilling;

  Lane(Eui64 user) {
    this.user = user;
  }

  /** What a worker is to do next. */
  sealed interface Turn {
    /** Push this notice, then say so by {@link Lane#done}. */
    record Push(Pending notice) implements Turn {}

    /** Read what is due for the user from the store and give it to {@link Lane#refill}. */
    record Refill(Eui64 user) implements Turn {}

    /** Nothing: the worker has ended. */
    record End() implements Turn {}
  }

  /**
   * Takes a notice, unless it is in hand already or there is no room.
   *
   * @return whether the caller is to start another worker
   */
  synchronized boolean add(Pending notice) {
    if (waiting.size() >= WAITING_MAX) {
      moreInStore = true;
      return false;
    }
    if (inHand.add(notice.id())) {
      waiting.add(notice);
    }
    return wantsWorker();
  }

  /**
   * Something for the user is due in the store.
   *
   * @return whether the caller is to start another worker
   */
  synchronized boolean wake() {
    moreInStore = true;
    return wantsWorker();
  }

  private boolean wantsWorker() {
    int useful = Math.min(WORKERS_MAX, waiting.size() + (moreInStore ? 1 : 0));
    if (workers >= useful) {
      return false;
    }
    workers++;
    return true;
  }

  /** A worker asks what to do; when told to end, it counts no more. */
  synchronized Turn next() {
    if (!waiting.isEmpty()) {
      return new Turn.Push(waiting.remove());
    }
    if (moreInStore && !refilling) {
      moreInStore = false;
      refilling = true;
      return new Turn.Refill(user);
    }
    workers--;
    return new Turn.End();
  }

  /**
   * Takes what was read from the store since {@link Turn.Refill} was given.
   *
   * @param read what was pending then; some of it may have been pushed meanwhile
   * @param most whether there may be more
   * @return how many workers the caller is to start
   */
  synchronized int refill(List<Pending> read, boolean most) {
    for (Pending notice : read) {
      if (!doneDuringRefill.contains(notice.id()) && inHand.add(notice.id())) {
        waiting.add(notice);
      }
    }
    doneDuringRefill.clear();
    refilling = false;
    moreInStore |= most;
    int started = 0;
    while (wantsWorker()) {
      started++;
    }
    return started;
  }

  /** The fate of a pushed notice is stored. */
  synchronized void done(Pending notice) {
    inHand.remove(notice.id());
    if (refilling) {
      doneDuringRefill.add(notice.id());
    }
  }

  /** A worker ends against the rules, for example because the store cannot be reached. */
  synchronized void workerFailed() {
    workers--;
  }
}
