// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has due revocation lists signed for as long as a system runs: at its start and then every so
 * often. A turn that fails is reported and the next one comes all the same.
 */
public final class RevocationListTimer implements AutoCloseable {
  /** How often it looks: often enough that a list is never late by more than its slack allows. */
  public static final Duration PERIOD = Duration.ofMinutes(30);

  private static final int CLOSING_SECONDS_MAX = 10;

  private final RevocationLists lists;
  private final Consumer<SignedRevocationList> signed;
  private final Consumer<RuntimeException> failed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("revocation-lists").unstarted(work));

  private RevocationListTimer(
      RevocationLists lists,
      Consumer<SignedRevocationList> signed,
      Consumer<RuntimeException> failed) {
    this.lists = lists;
    this.signed = signed;
    this.failed = failed;
  }

  /**
   * Begins.
   *
   * @param signed told of each list
   * @param failed told why a turn came to nothing
   */
  public static RevocationListTimer start(
      RevocationLists lists,
      Duration period,
      Consumer<SignedRevocationList> signed,
      Consumer<RuntimeException> failed) {
    RevocationListTimer timer = new RevocationListTimer(lists, signed, failed);
    // What goes wrong in a turn is told to the listener, not kept for whoever asks.
    Future<?> _ =
        timer.thread.scheduleWithFixedDelay(
            timer::turn, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    return timer;
  }

  private void turn() {
    try {
      lists.signDue().forEach(signed);
    } catch (RuntimeException e) {
      // The edge of the thread: an exception from here would end the timer for good.
      failed.accept(e);
    }
  }

  /** Ends, and waits for the turn that may be on. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_SECONDS_MAX, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
