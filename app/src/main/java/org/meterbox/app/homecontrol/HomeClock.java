// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.homecontrol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time in the home, which can be ahead of the DCC's: so a person sees what next week brings
 * without waiting for it. It never goes back, also not over a restart.
 */
public final class HomeClock implements InstantSource {
  /** The longest single jump. */
  public static final Duration JUMP_MAX = Duration.ofDays(400);

  private final InstantSource clock;
  private final Path file;
  private volatile Duration ahead;

  private HomeClock(InstantSource clock, Path file, Duration ahead) {
    this.clock = clock;
    this.file = file;
    this.ahead = ahead;
  }

  /**
   * The clock of a home.
   *
   * @param clock the DCC's
   * @param file where it is written down how far the home is ahead
   * @throws IOException where the file is there and cannot be read
   */
  public static HomeClock open(InstantSource clock, Path file) throws IOException {
    try {
      return new HomeClock(clock, file, Duration.ofSeconds(Long.parseLong(read(file))));
    } catch (NoSuchFileException neverAhead) {
      return new HomeClock(clock, file, Duration.ZERO);
    } catch (NumberFormatException e) {
      throw new IOException(file + " must hold a number of seconds", e);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(ahead);
  }

  /** How far the home is ahead of the DCC. */
  public Duration ahead() {
    return ahead;
  }

  /** Lets the time jump ahead, once that is written down. */
  public synchronized void advance(Duration by) throws IOException {
    Duration more = ahead.plus(by);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, more.toSeconds() + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    ahead = more;
  }
}
