// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up work whose time has come and that each process claims in the store before it does it. A
 * fault of our own at one piece is logged and counted and does not keep the others: its claim runs
 * out, and it is taken up again. Safe for use by many threads.
 *
 * @param <W> a piece of work
 */
final class ClaimedWork<W> {
  /** Pieces that are claimed at once. */
  static final int CLAIMED_AT_ONCE = 200;

  /** Pieces that one look takes up at most; the rest is taken up by the next. */
  static final int PER_LOOK_MAX = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(ClaimedWork.class);

  private final String name;
  private final IntFunction<List<W>> claim;
  private final Consumer<W> work;
  private final BooleanSupplier room;
  private final FaultCount faults;

  /** One look at a time in this process: whoever looks finds done what was due before. */
  private final ReentrantLock looking = new ReentrantLock();

  /**
   * Work of one kind.
   *
   * @param name for the log
   * @param claim claims at most so many pieces, the oldest first
   * @param work does one piece
   * @param room whether more may be taken up
   */
  ClaimedWork(
      String name,
      IntFunction<List<W>> claim,
      Consumer<W> work,
      BooleanSupplier room,
      InstantSource clock) {
    this.name = name;
    this.claim = claim;
    this.work = work;
    this.room = room;
    this.faults = new FaultCount(clock);
  }

  /**
   * Does what is due.
   *
   * @throws StoreException where the store cannot be used; what is left stays there
   */
  void look() {
    looking.lock();
    try {
      int taken = 0;
      List<W> due;
      do {
        due = claim.apply(CLAIMED_AT_ONCE);
        due.forEach(this::guarded);
        taken += due.size();
      } while (!due.isEmpty() && taken < PER_LOOK_MAX && room.getAsBoolean());
    } finally {
      looking.unlock();
    }
  }

  private void guarded(W piece) {
    try {
      work.accept(piece);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException bug) {
      faults.add(bug);
      LOG.error("{}: one piece of work failed and is taken up again later", name, bug);
    }
  }

  /** Faults of our own in this work. */
  FaultCount faults() {
    return faults;
  }
}
