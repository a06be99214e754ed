// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockWatchTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

  private final List<String> said = new ArrayList<>();
  private Instant now = START;
  private long nanoseconds = Long.MAX_VALUE - 5;
  private int wentBack;
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("last-seen-time");
  }

  private ClockWatch watch() {
    return ClockWatch.of(file(), () -> now, () -> nanoseconds, said::add, () -> wentBack++);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nanoseconds += time.toNanos();
  }

  @Test
  void saysNothingWhileTheClockGoesAsTimeDoes() throws Exception {
    try (ClockWatch watch = watch()) {
      watch.compareWithLastRun();
      for (int i = 0; i < 100; i++) {
        pass(Duration.ofHours(1));
        // A clock that is slewed into place is no jump.
        now = now.plusSeconds(1);
        watch.look();
      }
    }
    assertThat(said).isEmpty();
    assertThat(Files.readString(file()).strip()).isEqualTo(now.toString());
  }

  @Test
  void saysAJumpOnceAndInItsDirection() throws Exception {
    try (ClockWatch watch = watch()) {
      pass(Duration.ofMinutes(5));
      now = now.plus(Duration.ofDays(10));
      watch.look();
      assertThat(said).singleElement().asString().contains("set ahead by 10 d 0 h 0 min");
      assertThat(wentBack).isZero();
      now = now.minus(Duration.ofDays(10));
      watch.look();
      watch.look();
    }
    assertThat(said).hasSize(2).last().asString().contains("set back by 10 d 0 h 0 min");
    assertThat(wentBack).isEqualTo(1);
  }

  @Test
  void comparesWithTheRunBefore() throws Exception {
    watch().compareWithLastRun();
    now = START.plus(ClockWatch.LONG_OFF);
    watch().compareWithLastRun();
    assertThat(said).isEmpty();
    now = now.plus(Duration.ofDays(3_000));
    watch().compareWithLastRun();
    assertThat(said).singleElement().asString().contains("3000 days later");
    now = START;
    watch().compareWithLastRun();
    assertThat(said).hasSize(2).last().asString().contains("went back");
  }

  @Test
  void aDamagedNoteIsNoFault() throws Exception {
    Files.writeString(file(), "soon");
    watch().compareWithLastRun();
    assertThat(said).isEmpty();
    assertThat(Files.readString(file()).strip()).isEqualTo(START.toString());
  }
}
