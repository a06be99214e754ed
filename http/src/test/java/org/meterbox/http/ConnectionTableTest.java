// SPDX-License-Identifier: Apache-2.0
package org.meterbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, who has to go and whose time is over, tick by tick, without a socket. */
final class ConnectionTableTest {
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(
          4,
          3,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          1_000);

  private final ConnectionTable table = new ConnectionTable(LIMITS);
  private int port = 1000;

  private static final class FakeSocket implements TrackedConnection.Socket {
    boolean open = true;

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private TrackedConnection from(String address) {
    return new TrackedConnection(
        InetSocketAddress.createUnresolved(address, port++), address, new FakeSocket());
  }

  private TrackedConnection admitted(String address) {
    TrackedConnection connection = from(address);
    assertThat(table.admit(connection)).isTrue();
    return connection;
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      table.tick();
    }
  }

  private TrackedConnection atWork(String address) {
    TrackedConnection connection = admitted(address);
    table.received(connection, 10);
    return connection;
  }

  @Test
  void whoSaysNothingIsClosedAfterTheTimeForAHandshake() {
    TrackedConnection silent = admitted("a");
    ticks(29);
    assertThat(silent.isOpen()).isTrue();
    ticks(1);
    assertThat(silent.isOpen()).isFalse();
    assertThat(table.count()).isZero();
  }

  // The total counts: each octet alone comes in time.
  @Test
  void octetsThatTrickleInDoNotProlongTheTimeForARequest() {
    TrackedConnection slow = atWork("a");
    for (int i = 0; i < 29; i++) {
      table.awaitsPeer(slow);
      ticks(1);
      table.received(slow, 1);
    }
    assertThat(slow.isOpen()).isTrue();
    ticks(1);
    assertThat(slow.isOpen()).as("while it is worked on").isTrue();
    table.awaitsPeer(slow);
    assertThat(slow.isOpen()).isFalse();
  }

  @Test
  void aRequestThatIsWorkedOnForLongIsNotClosed() {
    TrackedConnection working = atWork("a");
    ticks(1_000);
    assertThat(working.isOpen()).isTrue();
  }

  @Test
  void whoLeavesAnAnswerUnreadIsClosed() {
    TrackedConnection deaf = atWork("a");
    table.answers(deaf);
    ticks(19);
    assertThat(deaf.isOpen()).isTrue();
    ticks(1);
    assertThat(deaf.isOpen()).isFalse();
  }

  @Test
  void betweenTwoRequestsAConnectionMayStayForItsTime() {
    TrackedConnection idle = atWork("a");
    table.answers(idle);
    table.awaitsPeer(idle);
    ticks(119);
    assertThat(idle.isOpen()).isTrue();
    ticks(1);
    assertThat(idle.isOpen()).isFalse();
  }

  // The next request has its own full time.
  @Test
  void theTimeForARequestBeginsWithItsFirstOctet() {
    TrackedConnection connection = atWork("a");
    table.answers(connection);
    table.awaitsPeer(connection);
    ticks(100);
    table.received(connection, 1);
    table.awaitsPeer(connection);
    ticks(29);
    assertThat(connection.isOpen()).isTrue();
    ticks(1);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aNewcomerTakesThePlaceOfTheOneThatIsSilentForLongest() {
    TrackedConnection first = admitted("a");
    ticks(1);
    TrackedConnection second = admitted("b");
    List<TrackedConnection> atWork = List.of(atWork("c"), atWork("d"));
    TrackedConnection newcomer = admitted("e");
    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    assertThat(newcomer.isOpen()).isTrue();
    assertThat(atWork).allMatch(TrackedConnection::isOpen);
    assertThat(table.count()).isEqualTo(4);
  }

  // Whoever has once sent a request is more likely to send another than one who never spoke.
  @Test
  void theSilentGoBeforeThoseBetweenTwoRequestsAndThoseBeforeTheSlow() {
    TrackedConnection idle = atWork("a");
    table.answers(idle);
    table.awaitsPeer(idle);
    TrackedConnection slow = atWork("b");
    table.awaitsPeer(slow);
    ticks(10);
    TrackedConnection silent = admitted("c");
    TrackedConnection _ = atWork("d");
    TrackedConnection _ = atWork("e");
    assertThat(List.of(silent.isOpen(), idle.isOpen(), slow.isOpen()))
        .containsExactly(false, true, true);
    TrackedConnection _ = atWork("f");
    assertThat(List.of(idle.isOpen(), slow.isOpen())).containsExactly(false, true);
    TrackedConnection _ = atWork("g");
    assertThat(slow.isOpen()).isFalse();
  }

  @Test
  void whereEverybodyIsAtWorkANewcomerIsRefused() {
    List<TrackedConnection> atWork = new ArrayList<>();
    for (String address : List.of("a", "b", "c", "d")) {
      atWork.add(atWork(address));
    }
    assertThat(table.admit(from("e"))).isFalse();
    assertThat(atWork).allMatch(TrackedConnection::isOpen);
  }

  @Test
  void oneAddressGetsNoMoreThanItsOwnLimit() {
    List<TrackedConnection> atWork = List.of(atWork("a"), atWork("a"), atWork("a"));
    assertThat(table.admit(from("a"))).isFalse();
    assertThat(admitted("b").isOpen()).isTrue();
    table.left(atWork.getFirst());
    assertThat(table.admit(from("a"))).isTrue();
  }

  @Test
  void atItsLimitAnAddressLosesItsOwnSilentConnectionNotAnotherOnes() {
    TrackedConnection others = admitted("b");
    ticks(1);
    TrackedConnection own = admitted("a");
    TrackedConnection _ = atWork("a");
    TrackedConnection _ = atWork("a");
    TrackedConnection _ = admitted("a");
    assertThat(own.isOpen()).isFalse();
    assertThat(others.isOpen()).isTrue();
  }

  @Test
  void connectionsThatEndedByThemselvesCountNoMore() {
    for (int i = 0; i < 100; i++) {
      TrackedConnection connection = atWork("a");
      connection.close();
    }
    assertThat(admitted("a").isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_001})
  void unfinishedRequestsTogetherHoldNoMoreThanTheLimit(int octets) {
    TrackedConnection first = atWork("a");
    TrackedConnection last = admitted("b");
    table.received(last, octets - 10);
    assertThat(last.isOpen()).isEqualTo(octets <= 1_000);
    assertThat(first.isOpen()).isTrue();
    // An answered request holds nothing any more.
    table.answers(first);
    TrackedConnection next = admitted("c");
    table.received(next, 10);
    assertThat(next.isOpen()).isTrue();
  }
}
