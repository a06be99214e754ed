// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.files;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person at a terminal every two seconds how far a command has come. Where errors go to a
 * file or another program, nothing is said: there each line is a failure.
 */
public final class Progress {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter err;
  private final String things;
  private final int total;
  private final boolean watched;
  private long said = System.nanoTime();
  private int done;

  /**
   * Starts now.
   *
   * @param things what is counted, in the plural
   */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null again where nobody sits there
  public Progress(PrintWriter err, String things, int total) {
    this.err = err;
    this.things = things;
    this.total = total;
    @Nullable Console console = System.console();
    this.watched = console != null && console.isTerminal();
  }

  /** One more is done. */
  public void step() {
    done++;
    if (watched && System.nanoTime() - said > INTERVAL_NANOS) {
      said = System.nanoTime();
      err.printf(Locale.ROOT, "%d of %d %s%n", done, total, things);
      err.flush();
    }
  }
}
