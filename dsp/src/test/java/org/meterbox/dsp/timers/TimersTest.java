// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.timers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterbox.dsp.testing.MovableClock;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

final class TimersTest {
  private static final Duration AHEAD = Duration.ofDays(3_000);
  private static final long PATIENCE_SECONDS = 30;

  private final MovableClock clock = new MovableClock();
  private final Store store = TestStore.fresh();
  private final LinkedBlockingQueue<Integer> runs = new LinkedBlockingQueue<>();

  @BeforeEach
  void migrate() {
    store.migrate("dsp", "org/meterbox/dsp/schema");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Timers timers() {
    return Timers.of(
        store, clock, List.of(new Timer("look", Duration.ofHours(1), () -> runs.add(1))));
  }

  private void assertGoesOff() throws InterruptedException {
    assertThat(runs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
  }

  // What a clock that ran ahead has set would otherwise go off in years.
  @Test
  @Timeout(120)
  void goOffAgainAfterAStartWithAClockAhead() throws Exception {
    clock.advance(AHEAD);
    try (Timers ahead = timers()) {
      ahead.start();
      assertGoesOff();
    }
    clock.advance(AHEAD.negated());
    try (Timers right = timers()) {
      right.start();
      assertGoesOff();
    }
  }

  @Test
  @Timeout(120)
  void goOffAgainOnceTheClockWasSetBack() throws Exception {
    clock.advance(AHEAD);
    try (Timers timers = timers()) {
      timers.start();
      assertGoesOff();
      awaitNextTurnNoted();
      clock.advance(AHEAD.negated());
      timers.setBack();
      assertGoesOff();
    }
  }

  /** The next turn is noted a moment after the work of the one before is done. */
  private void awaitNextTurnNoted() throws InterruptedException {
    Instant before = clock.instant();
    boolean noted = false;
    for (int tenths = 0; !noted && tenths < 10 * PATIENCE_SECONDS; tenths++) {
      noted = store.statement(connection -> isSetAfter(connection, before));
      assertThat(runs.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }
    assertThat(noted).isTrue();
  }

  private static boolean isSetAfter(Connection connection, Instant moment) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM dsp.scheduled_tasks WHERE NOT picked AND execution_time > ?")) {
      query.setObject(1, moment.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }
}
