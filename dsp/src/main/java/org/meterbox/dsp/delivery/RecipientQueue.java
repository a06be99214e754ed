// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.kernel.Eui64;

/**
 * The notices of one user that are in memory, and which workers push them. A slow or dead user
 * fills its own queue and nobody else's; what finds no room stays in the store and is read again
 * when there is room. A worker that hangs is counted out, so that another takes its place. Safe for
 * use by many threads.
 */
final class RecipientQueue {
  /** Notices that wait in memory at most, some 3 kilobytes each. */
  static final int WAITING_MAX = 1_000;

  /** Workers that push at the same time at most. */
  static final int WORKERS_MAX = 64;

  private final Eui64 user;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Set<Long> inHand = new HashSet<>();
  private final Set<Long> doneDuringRefill = new HashSet<>();
  private final Set<Worker> workers = new HashSet<>();
  private Optional<Worker> refilling = Optional.empty();
  private boolean moreInStore;

  RecipientQueue(Eui64 user) {
    this.user = user;
  }

  /** One thread's place in the queue; its fields are guarded by the queue. */
  static final class Worker {
    private Optional<Pending> notice = Optional.empty();
    private OptionalLong busySince = OptionalLong.empty();

    private Worker() {}
  }

  /** What a worker is to do next. */
  sealed interface Turn {
    /** Push this notice, then say so by {@link RecipientQueue#done}. */
    record Push(Pending notice) implements Turn {}

    /** Read what is due for the user from the store, for {@link RecipientQueue#refill}. */
    record Refill(Eui64 user) implements Turn {}

    /** Nothing: the worker has ended. */
    record End() implements Turn {}
  }

  /**
   * A worker that was counted out.
   *
   * @param notice what it was pushing; none where it was reading the store
   */
  record Hung(Worker worker, Optional<Pending> notice) {}

  /**
   * Takes a notice, unless it is in hand already or there is no room.
   *
   * @return the worker that the caller is to start, if one more is of use
   */
  synchronized Optional<Worker> add(Pending notice) {
    if (waiting.size() >= WAITING_MAX) {
      moreInStore = true;
      return Optional.empty();
    }
    if (inHand.add(notice.id())) {
      waiting.add(notice);
    }
    return oneMoreWorker();
  }

  /**
   * Something for the user is due in the store.
   *
   * @return the worker that the caller is to start, if one more is of use
   */
  synchronized Optional<Worker> wake() {
    moreInStore = true;
    return oneMoreWorker();
  }

  private Optional<Worker> oneMoreWorker() {
    long idle = workers.stream().filter(worker -> worker.busySince.isEmpty()).count();
    int useful = waiting.size() + (moreInStore && refilling.isEmpty() ? 1 : 0);
    if (workers.size() >= WORKERS_MAX || idle >= useful) {
      return Optional.empty();
    }
    Worker worker = new Worker();
    workers.add(worker);
    return Optional.of(worker);
  }

  /**
   * A worker asks what to do; when told to end, it counts no more.
   *
   * @param now of a clock that only runs forward, in nanoseconds
   */
  synchronized Turn next(Worker worker, long now) {
    worker.busySince = OptionalLong.empty();
    worker.notice = Optional.empty();
    if (!workers.contains(worker)) {
      return new Turn.End();
    }
    if (!waiting.isEmpty()) {
      Pending notice = waiting.remove();
      worker.notice = Optional.of(notice);
      worker.busySince = OptionalLong.of(now);
      return new Turn.Push(notice);
    }
    if (moreInStore && refilling.isEmpty()) {
      moreInStore = false;
      refilling = Optional.of(worker);
      worker.busySince = OptionalLong.of(now);
      return new Turn.Refill(user);
    }
    workers.remove(worker);
    return new Turn.End();
  }

  /** The worker had to wait until it may begin; its time counts from now. */
  synchronized void begins(Worker worker, long now) {
    worker.busySince = OptionalLong.of(now);
  }

  /**
   * Takes what was read from the store since {@link Turn.Refill} was given.
   *
   * @param read what was pending then; some of it may have been pushed meanwhile
   * @param most whether there may be more
   * @return the workers that the caller is to start
   */
  synchronized List<Worker> refill(Worker worker, List<Pending> read, boolean most) {
    if (!refilling.equals(Optional.of(worker))) {
      return List.of();
    }
    for (Pending notice : read) {
      if (!doneDuringRefill.contains(notice.id()) && inHand.add(notice.id())) {
        waiting.add(notice);
      }
    }
    doneDuringRefill.clear();
    refilling = Optional.empty();
    worker.busySince = OptionalLong.empty();
    moreInStore |= most;
    return moreWorkers();
  }

  private List<Worker> moreWorkers() {
    List<Worker> started = new ArrayList<>();
    for (Optional<Worker> more = oneMoreWorker(); more.isPresent(); more = oneMoreWorker()) {
      started.add(more.get());
    }
    return started;
  }

  /** The end of a push is stored; says nothing where the worker was counted out before. */
  synchronized void done(Worker worker, Pending notice) {
    if (workers.contains(worker)) {
      release(notice);
    }
  }

  private void release(Pending notice) {
    inHand.remove(notice.id());
    if (refilling.isPresent()) {
      doneDuringRefill.add(notice.id());
    }
  }

  /** Whether the worker still belongs to the queue. */
  synchronized boolean counts(Worker worker) {
    return workers.contains(worker);
  }

  /** A worker ends against the rules, for example because the store cannot be reached. */
  synchronized void workerFailed(Worker worker) {
    if (workers.remove(worker)) {
      worker.notice.ifPresent(this::release);
    }
    if (refilling.equals(Optional.of(worker))) {
      refilling = Optional.empty();
      doneDuringRefill.clear();
    }
  }

  /** Counts out the workers that have been busy with one thing since before this moment. */
  synchronized List<Hung> countOut(long busySinceBefore) {
    List<Hung> hung = new ArrayList<>();
    for (Worker worker : List.copyOf(workers)) {
      if (worker.busySince.isPresent() && worker.busySince.getAsLong() - busySinceBefore < 0) {
        hung.add(new Hung(worker, worker.notice));
        boolean refill = refilling.equals(Optional.of(worker));
        workerFailed(worker);
        moreInStore |= refill;
      }
    }
    return hung;
  }
}
