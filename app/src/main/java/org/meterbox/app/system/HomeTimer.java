// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.devices.premises.Premises;

/**
 * Lets time pass in a home for as long as a system runs. A turn that fails is reported, and the
 * next one makes up for it.
 */
final class HomeTimer implements AutoCloseable {
  /** How late a device may be: the resolution of its own clock. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private static final int CLOSING_SECONDS_MAX = 10;

  private final Premises premises;
  private final Consumer<Exception> failed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("home").unstarted(work));

  private HomeTimer(Premises premises, Consumer<Exception> failed) {
    this.premises = premises;
    this.failed = failed;
  }

  /**
   * Begins.
   *
   * @param failed told why a turn came to nothing
   */
  static HomeTimer start(Premises premises, Consumer<Exception> failed) {
    HomeTimer timer = new HomeTimer(premises, failed);
    // What goes wrong in a turn is told to the listener, not kept for whoever asks.
    Future<?> _ =
        timer.thread.scheduleWithFixedDelay(
            timer::turn, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return timer;
  }

  private void turn() {
    try {
      premises.wake();
    } catch (MemoryFailureException | RuntimeException e) {
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
