// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.testing.MovableClock;
import org.meterbox.dsp.testing.SocketServer;
import org.meterbox.dsp.testing.SocketServer.Behaviour;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.dsp.users.UserStatus;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;
import org.meterbox.store.Store;
import org.meterbox.store.TestStore;

/** Pushes to servers that misbehave, by a clock which the test moves. */
final class CourierTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Eui64 USER = Eui64.parse("90B3D51F30010000");

  /** Short, so that a test needs no ten seconds for each attempt. */
  private static final DeliveryPlan PLAN =
      new DeliveryPlan(Duration.ofMinutes(5), Duration.ofDays(2), Duration.ofMillis(400));

  private final MovableClock clock = new MovableClock();
  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Store store = TestStore.fresh();
  private final UserDirectory users;

  CourierTest() {
    store.migrate("dsp", "org/meterbox/dsp/schema");
    users = UserDirectory.open(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void receiveAt(URI address) {
    users.put(
        new DccUser(
            USER,
            "a user",
            UserStatus.ACTIVE,
            Set.of(UserRole.IS),
            Set.of(),
            Optional.of(address),
            "5.4"));
  }

  private Courier courier(UserServer server) {
    return new Courier(new DeliveryLedger(store), users, server, PLAN, clock, nanos::get, meters);
  }

  private static HttpUserServer http() {
    try {
      return new HttpUserServer(SSLContext.getDefault(), PLAN.attemptWait());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Pending notice() {
    Notice notice = new Notice(USER, Notice.Kind.RESPONSE, clock.instant(), Octets.ofHex("AA"));
    return store.transact(connection -> DeliveryLedger.insert(connection, notice));
  }

  private String row(Pending notice) {
    String sql =
        "SELECT state || ' ' || attempts || ' ' || COALESCE(last_fault, '') FROM dsp.delivery"
            + " WHERE id = ?";
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, notice.id());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return row.getString(1);
        }
      }
    });
  }

  private void await(Pending notice, String expected) {
    Awaitility.await().atMost(PATIENCE).until(() -> row(notice), expected::equals);
  }

  // The fault as it was found: headers at once, never a body. Three of them stopped the user.
  @Test
  void serversThatSendHeadersAndNoBodyDoNotStopAUsersDeliveries() throws IOException {
    try (SocketServer server = SocketServer.start(Behaviour.HEADERS_AND_NO_BODY);
        HttpUserServer http = http();
        Courier courier = courier(http)) {
      receiveAt(server.address());
      for (int i = 0; i < 3; i++) {
        Pending stuck = notice();
        courier.push(stuck);
        await(stuck, "PENDING 1 no complete answer within 400 ms");
      }
      server.behave(Behaviour.ACCEPT);
      Pending fourth = notice();
      courier.push(fourth);
      await(fourth, "DELIVERED 1 ");
      Awaitility.await().atMost(PATIENCE).until(server::openConnections, open -> open <= 1);
    }
  }

  // One octet a second keeps a connection alive; the bound is for the whole exchange.
  @Test
  void aServerThatDripsItsBodyIsLeft() throws IOException {
    try (SocketServer server = SocketServer.start(Behaviour.DRIPPING_BODY);
        HttpUserServer http = http();
        Courier courier = courier(http)) {
      receiveAt(server.address());
      Pending notice = notice();
      courier.push(notice);
      await(notice, "PENDING 1 no complete answer within 400 ms");
    }
  }

  @Test
  void aServerThatTakesTheConnectionAndSaysNothingIsLeft() throws IOException {
    try (SocketServer server = SocketServer.start(Behaviour.SILENT);
        HttpUserServer http = http();
        Courier courier = courier(http)) {
      receiveAt(server.address());
      Pending notice = notice();
      courier.push(notice);
      Awaitility.await().atMost(PATIENCE).until(() -> row(notice).startsWith("PENDING 1"));
    }
  }

  // Nothing in the body is used; an endless one must not be read to its end.
  @Test
  void aBodyBeyondTheBoundIsAFault() throws IOException {
    try (SocketServer server = SocketServer.start(Behaviour.ENDLESS_BODY);
        HttpUserServer http = http();
        Courier courier = courier(http)) {
      receiveAt(server.address());
      Pending notice = notice();
      courier.push(notice);
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(row(notice)).startsWith("PENDING 1 IOException"));
    }
  }

  // A look at the clock while it is ahead is a matter of luck: the notice must not depend on it.
  @Test
  void aClockThatWasAheadOnlyBetweenTwoLooksPutsNothingOff() {
    AtomicInteger calls = new AtomicInteger();
    UserServer once =
        (_, _) -> calls.getAndIncrement() == 0 ? Optional.of("HTTP 503") : Optional.empty();
    receiveAt(URI.create("http://localhost/duis"));
    try (Courier courier = courier(once)) {
      courier.pushDue();
      clock.advance(Duration.ofHours(1));
      Pending notice = notice();
      courier.push(notice);
      await(notice, "PENDING 1 HTTP 503");
      clock.advance(Duration.ofHours(-1).plusSeconds(1));
      courier.clockWentBack();
      courier.pushDue();
      await(notice, "DELIVERED 2 ");
    }
  }

  // A worker that meets a bug notes it, counts it and goes on with the next notice.
  @Test
  void aFaultOfOurOwnStopsNoQueue() {
    AtomicInteger calls = new AtomicInteger();
    UserServer buggy =
        (_, _) -> {
          if (calls.getAndIncrement() < 70) {
            throw new IllegalStateException("a bug");
          }
          return Optional.empty();
        };
    receiveAt(URI.create("http://localhost/duis"));
    try (Courier courier = courier(buggy)) {
      for (int i = 0; i < 70; i++) {
        Pending notice = notice();
        courier.push(notice);
        await(notice, "PENDING 1 internal fault IllegalStateException");
      }
      Pending last = notice();
      courier.push(last);
      await(last, "DELIVERED 1 ");
      assertThat(courier.faults().count()).isEqualTo(70);
    }
  }

  // Whatever makes 64 workers hang in spite of all time-outs: they are replaced.
  @Test
  void workersThatHangAreReplaced() {
    CountDownLatch hanging = new CountDownLatch(RecipientQueue.WORKERS_MAX);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    UserServer hangs =
        (_, _) -> {
          if (calls.getAndIncrement() >= RecipientQueue.WORKERS_MAX) {
            return Optional.empty();
          }
          hanging.countDown();
          waitUninterruptibly(never);
          return Optional.of("hung");
        };
    receiveAt(URI.create("http://localhost/duis"));
    try (Courier courier = courier(hangs)) {
      Pending first = notice();
      courier.push(first);
      for (int i = 1; i < RecipientQueue.WORKERS_MAX; i++) {
        courier.push(notice());
      }
      Awaitility.await().atMost(PATIENCE).until(() -> hanging.getCount() == 0);
      Pending next = notice();
      courier.push(next);
      assertThat(row(next)).isEqualTo("PENDING 0 ");

      nanos.addAndGet(PLAN.attemptWait().plus(Courier.STORE_WAIT).toNanos() + 1);
      courier.pushDue();
      await(next, "DELIVERED 1 ");
      await(first, "PENDING 1 the attempt did not end");
      assertThat(meters.counter("dsp.delivery.workers.hung").count())
          .isEqualTo(RecipientQueue.WORKERS_MAX);
      never.countDown();
    }
  }

  private static void waitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException ignored) {
        // As a library would that swallows interrupts.
      }
    }
  }

  private static UserServer refusing() {
    return (_, _) -> Optional.of("answered HTTP 503");
  }

  /** Lets time pass as it does while the DSP runs: looked at every minute. */
  private void run(Courier courier, Duration time) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plus(OperatingTime.STEP_MAX)) {
      clock.advance(OperatingTime.STEP_MAX);
      courier.pushDue();
    }
  }

  private long attempts(Pending notice) {
    return Long.parseLong(row(notice).split(" ", 3)[1]);
  }

  // Two days of a clock that jumps, and of a DSP that is off, are no two days of trying.
  @Test
  void neitherAJumpOfTheClockNorTimeSwitchedOffCounts() {
    receiveAt(URI.create("http://localhost/duis"));
    Pending notice;
    try (Courier courier = courier(refusing())) {
      notice = notice();
      courier.push(notice);
      await(notice, "PENDING 1 answered HTTP 503");
      clock.advance(Duration.ofDays(3));
      courier.pushDue();
      await(notice, "PENDING 2 answered HTTP 503");
    }
    clock.advance(Duration.ofDays(3));
    try (Courier courier = courier(refusing())) {
      courier.resume();
      await(notice, "PENDING 3 answered HTTP 503");
    }
  }

  // What was counted survives the process; then it is given up under its name.
  @Test
  void twoDaysOfTryingAreTwoDaysOfTrying() {
    receiveAt(URI.create("http://localhost/duis"));
    Pending notice;
    try (Courier courier = courier(refusing())) {
      notice = notice();
      courier.push(notice);
      await(notice, "PENDING 1 answered HTTP 503");
      run(courier, PLAN.giveUpAfter().minus(PLAN.interval()).minus(Duration.ofMinutes(5)));
      assertThat(row(notice)).startsWith("PENDING");
    }
    try (Courier courier = courier(refusing())) {
      courier.resume();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                run(courier, PLAN.interval());
                return row(notice);
              },
              state -> state.startsWith("UNDELIVERED"));
      assertThat(attempts(notice)).isGreaterThan(1);
    }
  }

  // A clock that was an hour fast and is corrected must not delay the next attempt by an hour.
  @Test
  void whatWasDueByAFastClockIsPushedAfterItIsSetBack() {
    receiveAt(URI.create("http://localhost/duis"));
    try (Courier courier = courier(refusing())) {
      clock.advance(Duration.ofHours(1));
      courier.pushDue();
      Pending notice = notice();
      courier.push(notice);
      await(notice, "PENDING 1 answered HTTP 503");
      clock.advance(Duration.ofHours(-1));
      courier.pushDue();
      await(notice, "PENDING 2 answered HTTP 503");
    }
  }
}
