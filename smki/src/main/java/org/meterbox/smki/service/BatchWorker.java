// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.service;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;

  private BatchWorker(BatchDesk batches) {
    this.batches = batches;
    thread = Thread.ofPlatform().name("smki-batches").daemon(true).unstarted(this::work);
  }

  static BatchWorker start(BatchDesk batches) {
    BatchWorker worker = new BatchWorker(batches);
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
      for (List<UUID> waiting = batches.unfinished();
          !closing && !waiting.isEmpty();
          waiting = batches.unfinished()) {
        // A chunk at a time, so that closing waits for no more than one.
        while (!closing && !batches.work(waiting.getFirst()).isFinished()) {
          Thread.onSpinWait();
        }
      }
    } catch (StoreException e) {
      LOG.error("a batch cannot go on; the next try is in {} s", REST_MAX.toSeconds(), e);
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
