// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.smki.service;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.meterbox.kernel.faults.FaultCount;
import org.meterbox.smki.issuing.BatchDesk;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on batches, one after the other in the order they came, in a thread of its own. What the
 * process before left unfinished it goes on with; what another process works on it shares.
 */
final class BatchWorker implements AutoCloseable {
  /** How long it rests where nobody wakes it: another process may have left something. */
  private static final Duration REST_MAX = Duration.ofSeconds(30);

  /** How long closing waits for the chunk under way. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);

  private final BatchDesk batches;
  private final FaultCount faults;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;

  private BatchWorker(BatchDesk batches, FaultCount faults) {
    this.batches = batches;
    this.faults = faults;
    thread = Thread.ofPlatform().name("smki-batches").daemon(true).unstarted(this::work);
  }

  static BatchWorker start(BatchDesk batches, FaultCount faults) {
    BatchWorker worker = new BatchWorker(batches, faults);
    worker.thread.start();
    return worker;
  }

  /** Says that there is something to do. */
  void wake() {
    news.release();
  }

  private void work() {
    while (!closing) {
      try {
        workOnAll();
        boolean _ = news.tryAcquire(REST_MAX.toMillis(), TimeUnit.MILLISECONDS);
        int _ = news.drainPermits();
      } catch (InterruptedException ended) {
        return;
      }
    }
  }

  private void workOnAll() throws InterruptedException {
    try {
      Set<UUID> faulty = new HashSet<>();
      for (Optional<UUID> next = next(faulty); !closing && next.isPresent(); next = next(faulty)) {
        if (!finish(next.get())) {
          faulty.add(next.get());
        }
      }
    } catch (StoreException e) {
      LOG.error("a batch cannot go on; the next try is in {} s", REST_MAX.toSeconds(), e);
    } catch (RuntimeException e) {
      // The edge of the thread: without it nobody would work on batches any more.
      faults.add(e);
      LOG.error("batches wait; the next try is in {} s", REST_MAX.toSeconds(), e);
    }
  }

  private Optional<UUID> next(Set<UUID> faulty) {
    return batches.unfinished().stream().filter(batch -> !faulty.contains(batch)).findFirst();
  }

  /** False where a fault of our own stopped the batch; the others must not wait for it. */
  private boolean finish(UUID batch) throws InterruptedException {
    try {
      // A chunk at a time, so that closing waits for no more than one.
      while (!closing && !batches.work(batch).isFinished()) {
        Thread.onSpinWait();
      }
      return true;
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      faults.add(e);
      LOG.error(
          "batch {} met a fault of our own; the next try is in {} s",
          batch,
          REST_MAX.toSeconds(),
          e);
      return false;
    }
  }

  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
