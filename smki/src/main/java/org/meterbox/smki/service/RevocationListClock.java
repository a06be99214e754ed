// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.meterbox.smki.revocation.RevocationLists;
import org.meterbox.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has revocation lists signed on schedule, in a thread of its own. */
final class RevocationListClock implements AutoCloseable {
  /** How often it looks: a list holds twice as long as its period, so nothing hangs on minutes. */
  private static final Duration TURN = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(RevocationListClock.class);

  private final RevocationLists lists;
  private final CountDownLatch closing = new CountDownLatch(1);

  private RevocationListClock(RevocationLists lists) {
    this.lists = lists;
  }

  /** Signs what is due now, then goes on by itself. */
  static RevocationListClock start(RevocationLists lists) {
    RevocationListClock clock = new RevocationListClock(lists);
    var _ = lists.signDue();
    Thread thread =
        Thread.ofPlatform().name("smki-revocation-lists").daemon(true).unstarted(clock::run);
    thread.start();
    return clock;
  }

  private void run() {
    try {
      while (!closing.await(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        sign();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void sign() {
    try {
      var _ = lists.signDue();
    } catch (StoreException e) {
      LOG.error("revocation lists cannot be signed; the next try is in {}", TURN, e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
