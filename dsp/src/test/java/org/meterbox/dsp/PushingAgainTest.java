// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.access.WebService;
import org.meterbox.dsp.testing.UserServerForTests;
import org.meterbox.dsp.testing.World;
import org.meterbox.kernel.UserRole;

/** Pushing again, by a durable timer and a clock which the test moves. */
final class PushingAgainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private void readAndAnswer() {
    world.send(World.SUPPLIER, WebService.SEND_COMMAND, world.readRegisters(World.SUPPLIER));
    world.uplink(World.meterAnswers(world.wan.last().message(), World.SUPPLIER));
  }

  private void awaitDelivery(String expected) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> world.query("SELECT state || ' ' || attempts FROM dsp.delivery"),
            List.of(expected)::equals);
  }

  @Test
  void whatTheUserRefusesIsPushedAgainAfterFiveMinutes() {
    world.supplierServer().answerWith(503);
    readAndAnswer();
    awaitDelivery("PENDING 1");

    world.supplierServer().answerWith(204);
    world.clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    awaitDelivery("DELIVERED 2");
    world.supplierServer().next();
  }

  // A 400 means that the user did not believe the document; the same one comes again all the same.
  @Test
  void aRefusalOfTheContentIsTreatedAlike() {
    world.supplierServer().answerWith(400);
    readAndAnswer();
    awaitDelivery("PENDING 1");
    assertThat(world.query("SELECT last_fault FROM dsp.delivery"))
        .containsExactly("answered HTTP 400");
  }

  // Two days of trying, not of the calendar: a clock that jumps gives nothing up.
  @Test
  void afterTwoDaysOfTryingTheNoticeIsGivenUpUnderAName() {
    world.supplierServer().answerWith(503);
    readAndAnswer();
    awaitDelivery("PENDING 1");
    world.clock.advance(Duration.ofDays(2));
    awaitDelivery("PENDING 2");
    world.execute("UPDATE dsp.delivery SET trying_since = trying_since - 2 * 86400000");
    world.clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    awaitDelivery("UNDELIVERED 3");
  }

  // The timers' next run is a moment on the clock, too: set back by an hour, it must follow.
  @Test
  void aClockThatIsSetBackDoesNotStopTheTimers() {
    world.clock.advance(Duration.ofHours(1));
    world.supplierServer().answerWith(503);
    readAndAnswer();
    awaitDelivery("PENDING 1");
    String setByTheFastClock =
        String.format(
            Locale.ROOT,
            "SELECT count(*) FROM dsp.scheduled_tasks WHERE execution_time > '%s'",
            world.clock.instant());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> world.query(setByTheFastClock), List.of("5")::equals);
    world.supplierServer().answerWith(204);
    world.clock.advance(Duration.ofHours(-1));
    world.dsp().clockWentBack();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              world.clock.advance(Duration.ofSeconds(30));
              return world.query("SELECT state FROM dsp.delivery");
            },
            List.of("DELIVERED")::equals);
    world.supplierServer().next();
  }

  // First at once after a restart, not only when the timer of the former process would go off.
  @Test
  void aRestartPushesAtOnceWhatIsPending() {
    world.supplierServer().answerWith(503);
    readAndAnswer();
    awaitDelivery("PENDING 1");
    world.supplierServer().answerWith(204);
    world.restart();
    awaitDelivery("DELIVERED 2");
    world.supplierServer().next();
  }

  @Test
  void withoutAnAddressANoticeWaits() {
    world.putUser(World.SUPPLIER, Set.of(UserRole.IS), Optional.empty());
    readAndAnswer();
    awaitDelivery("PENDING 1");
    world.putUser(
        World.SUPPLIER, Set.of(UserRole.IS), Optional.of(world.supplierServer().address()));
    world.clock.advance(Duration.ofMinutes(6));
    awaitDelivery("DELIVERED 2");
  }

  @Test
  void aSecureAddressIsServedWithMutualTls() {
    try (UserServerForTests secure = UserServerForTests.mutualTls(World.SUPPLIER_SERVER_TLS)) {
      world.putUser(World.SUPPLIER, Set.of(UserRole.IS), Optional.of(secure.address()));
      readAndAnswer();
      world.verified(secure.next());
      awaitDelivery("DELIVERED 1");
    }
  }
}
