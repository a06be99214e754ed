// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.meterbox.store.StoreException;

/**
 * Notices that the clock jumped: while the system runs by comparing it with the time that has
 * passed, and between two runs by the time that was seen last. Counters, certificates and
 * deliveries go by the clock, so people are to hear of it.
 */
final class ClockWatch implements AutoCloseable {
  /** How often it looks. */
  static final Duration LOOK = Duration.ofSeconds(15);

  /** What counts as a jump: more than a clock is slewed by between two looks. */
  static final Duration JUMP = Duration.ofMinutes(1);

  /** How long a system may have been off before its clock is asked about. */
  static final Duration LONG_OFF = Duration.ofDays(60);

  private static final int CLOSING_SECONDS_MAX = 5;

  private final Path file;
  private final InstantSource clock;
  private final LongSupplier nanoseconds;
  private final Consumer<String> said;
  private final Runnable wentBack;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("clock-watch").unstarted(work));
  private Instant lastSeen;
  private long lastNanoseconds;

  private ClockWatch(
      Path file,
      InstantSource clock,
      LongSupplier nanoseconds,
      Consumer<String> said,
      Runnable wentBack) {
    this.file = file;
    this.clock = clock;
    this.nanoseconds = nanoseconds;
    this.said = said;
    this.wentBack = wentBack;
    this.lastSeen = clock.instant();
    this.lastNanoseconds = nanoseconds.getAsLong();
  }

  /**
   * A watch that looks when it is told to.
   *
   * @param file holds the time that was seen last
   * @param nanoseconds a clock that nobody sets
   * @param said told in a sentence of each jump
   * @param wentBack run after each jump back
   */
  static ClockWatch of(
      Path file,
      InstantSource clock,
      LongSupplier nanoseconds,
      Consumer<String> said,
      Runnable wentBack) {
    return new ClockWatch(file, clock, nanoseconds, said, wentBack);
  }

  /** Compares with the run before, then looks every {@link #LOOK}. */
  void start() throws IOException {
    compareWithLastRun();
    Future<?> _ =
        thread.scheduleWithFixedDelay(
            this::lookAndReport, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says what is wrong between the last run and now. */
  void compareWithLastRun() throws IOException {
    Instant now = clock.instant();
    Optional<Instant> before = read();
    before
        .map(last -> Duration.between(last, now))
        .ifPresent(passed -> {
          if (passed.compareTo(JUMP.negated()) < 0) {
            said.accept(
                String.format(
                    Locale.ROOT,
                    "CLOCK: it is %s now, and was %s when this system last ran: the clock went back by %s",
                    now,
                    before.get(),
                    words(passed.negated())));
          } else if (passed.compareTo(LONG_OFF) > 0) {
            said.accept(
                String.format(
                    Locale.ROOT,
                    "CLOCK: it is %s now, %d days later than when this system last ran. If that is wrong,"
                        + " end it, set the clock right and start it again",
                    now,
                    passed.toDays()));
          }
        });
    write(now);
  }

  /** Says so where the clock moved otherwise than time did since the last look. */
  void look() throws IOException {
    Instant now = clock.instant();
    long reading = nanoseconds.getAsLong();
    Duration jump =
        Duration.between(lastSeen, now).minus(Duration.ofNanos(reading - lastNanoseconds));
    lastSeen = now;
    lastNanoseconds = reading;
    if (jump.abs().compareTo(JUMP) > 0) {
      said.accept(
          String.format(
              Locale.ROOT,
              "CLOCK: it was set %s by %s and says %s now",
              jump.isNegative() ? "back" : "ahead",
              words(jump.abs()),
              now));
      if (jump.isNegative()) {
        wentBack.run();
      }
    }
    write(now);
  }

  private static String words(Duration length) {
    return String.format(
        Locale.ROOT,
        "%d d %d h %d min",
        length.toDays(),
        length.toHoursPart(),
        length.toMinutesPart());
  }

  private void lookAndReport() {
    try {
      look();
    } catch (IOException e) {
      said.accept(
          String.format(
              Locale.ROOT, "CLOCK: the time cannot be noted in %s: %s", file, e.getMessage()));
    } catch (StoreException e) {
      said.accept("CLOCK: the timers cannot be set back: " + e.getMessage());
    }
  }

  private Optional<Instant> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(Files.readString(file).strip()));
    } catch (DateTimeException damaged) {
      return Optional.empty();
    }
  }

  private void write(Instant now) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, now + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

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
