// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;
import org.meterbox.wan.DeliveryReport.Outcome;
import org.meterbox.wan.HubConnection.Answer;
import org.meterbox.wan.HubConnection.Upward;

class InProcessWanTest {
  private static final Eui64 BROKER = Eui64.parse("90B3D51F30000002");
  private static final Eui64 HUB = Eui64.parse("00DB1234567890A2");
  private static final Eui64 METER = Eui64.parse("00DB1234567890A0");
  private static final int SMALL = 4;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<DeliveryReport> reports = Collections.synchronizedList(new ArrayList<>());
  private final List<Octets> stored = new ArrayList<>();
  private Optional<Octets> notTaken = Optional.empty();
  private boolean storeFails;
  private final Coverage coverage = new Coverage();

  /** The work of the lines, held until a test runs it: no thread but the test's own. */
  private final Deque<Runnable> work = new ArrayDeque<>();

  private final InProcessWan wan = wan(work::add, SMALL);

  InProcessWanTest() {
    assertThat(coverage.serve(HUB, METER)).isTrue();
  }

  @Test
  void deliversToTheHubThatServesTheDeviceAndReportsOnce() {
    SimulatedHub hub = new SimulatedHub();
    wan.connect(HUB, hub);
    assertThat(wan.send(message(1, Priority.ON_DEMAND))).isEqualTo(Acceptance.Accepted.VALUE);
    runAll();
    assertThat(hub.delivered).containsExactly(octets(1));
    assertThat(reports).containsExactly(new DeliveryReport(id(1), METER, Outcome.DELIVERED, now));
  }

  @Test
  void refusesADeviceThatNoHubServes() {
    Downlink stray =
        new Downlink(Eui64.parse("00DB1234567890FF"), octets(1), Priority.SUPPLY, id(1));
    assertThat(wan.send(stray)).isEqualTo(new Acceptance.Refused(Acceptance.Reason.UNKNOWN_DEVICE));
    assertThat(reports).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, WanLimits.MAX_MESSAGE_OCTETS + 1})
  void refusesMessagesOfImpossibleLength(int length) {
    Downlink bad = new Downlink(METER, Octets.of(new byte[length]), Priority.SUPPLY, id(1));
    assertThat(wan.send(bad)).isEqualTo(new Acceptance.Refused(Acceptance.Reason.BAD_LENGTH));
  }

  @ParameterizedTest
  @EnumSource(Priority.class)
  void refusesOneMoreThanMayWaitAndStillTakesOtherPriorities(Priority full) {
    for (int i = 0; i < SMALL; i++) {
      assertThat(wan.send(message(i, full))).isEqualTo(Acceptance.Accepted.VALUE);
    }
    assertThat(wan.send(message(SMALL, full)))
        .isEqualTo(new Acceptance.Refused(Acceptance.Reason.QUEUE_FULL));
    for (Priority other : Priority.values()) {
      if (other != full) {
        assertThat(wan.send(message(9, other))).isEqualTo(Acceptance.Accepted.VALUE);
      }
    }
  }

  /** While bulk reads pour in, a supply command waits for no more than the one in flight. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aFloodOfBulkReadsDelaysASupplyCommandByTheOneInFlightAtMost(long seed) {
    Random random = new Random(seed);
    InProcessWan flooded = wan(work::add, 300);
    List<Integer> expectedNext = new ArrayList<>();
    SimulatedHub hub =
        new SimulatedHub() {
          private int next = 1000;

          @Override
          void onDelivery(Octets message) {
            if (!expectedNext.isEmpty()) {
              assertThat(message).isEqualTo(octets(expectedNext.removeFirst()));
            }
            if (random.nextInt(10) == 0 && next < 1020) {
              int supply = next++;
              assertThat(flooded.send(message(supply, Priority.SUPPLY)))
                  .isEqualTo(Acceptance.Accepted.VALUE);
              expectedNext.add(supply);
            }
          }
        };
    flooded.connect(HUB, hub);
    for (int i = 0; i < 300; i++) {
      assertThat(flooded.send(message(i, Priority.BULK))).isEqualTo(Acceptance.Accepted.VALUE);
    }
    runAll();
    long supplies = hub.delivered.stream().filter(m -> number(m) >= 1000).count();
    assertThat(supplies).as("supply commands sent in between").isPositive();
    assertThat(hub.delivered).hasSize(300 + (int) supplies);
    assertThat(hub.delivered.stream().map(InProcessWanTest::number).filter(n -> n < 1000))
        .isSorted();
  }

  @Test
  void overtakesByPriorityAndKeepsTheOrderWithinOne() {
    Priority[] mixed = {
      Priority.BULK, Priority.ON_DEMAND, Priority.CRITICAL, Priority.SUPPLY,
      Priority.BULK, Priority.ON_DEMAND, Priority.CRITICAL, Priority.SUPPLY
    };
    for (int i = 0; i < mixed.length; i++) {
      wan.send(message(i, mixed[i]));
    }
    SimulatedHub hub = new SimulatedHub();
    wan.connect(HUB, hub);
    runAll();
    assertThat(hub.delivered.stream().map(InProcessWanTest::number))
        .containsExactly(3, 7, 2, 6, 1, 5, 0, 4);
  }

  // It may hold the answer to a command that waits to be sent again.
  @Test
  void whatAHubKeepsIsFetchedBeforeAnythingIsDelivered() {
    SimulatedHub hub = new SimulatedHub();
    hub.keep(METER, octets(100));
    hub.keep(METER, octets(101));
    wan.send(message(1, Priority.SUPPLY));
    storeFails = true;
    wan.connect(HUB, hub);
    runAll();
    wan.tick();
    runAll();
    assertThat(hub.delivered).as("while the DSP cannot store").isEmpty();
    storeFails = false;
    wan.tick();
    runAll();
    assertThat(stored).containsExactly(octets(100), octets(101));
    assertThat(hub.delivered).containsExactly(octets(1));
  }

  @Test
  void whatIsWithdrawnIsNeitherDeliveredNorReported() {
    SimulatedHub hub = new SimulatedHub();
    wan.send(message(1, Priority.SUPPLY));
    wan.send(message(2, Priority.SUPPLY));
    wan.withdraw(METER, id(1));
    wan.withdraw(METER, id(77));
    wan.connect(HUB, hub);
    runAll();
    wan.withdraw(METER, id(2));
    assertThat(hub.delivered).containsExactly(octets(2));
    assertThat(reports).extracting(DeliveryReport::correlation).containsExactly(id(2));
  }

  @Test
  void theHubLearnsThePriorityOfEachMessage() {
    SimulatedHub hub = new SimulatedHub();
    wan.connect(HUB, hub);
    for (Priority priority : Priority.values()) {
      wan.send(message(1, priority));
    }
    runAll();
    assertThat(hub.priorities).containsExactly(Priority.values());
  }

  @Test
  void whatWaitsForAnAbsentHubIsDeliveredWhenItComesBack() {
    wan.send(message(1, Priority.ON_DEMAND));
    runAll();
    now = now.plus(WanLimits.STANDARD.maxWaitUrgent()).minusMillis(1);
    wan.tick();
    assertThat(reports).isEmpty();
    SimulatedHub hub = new SimulatedHub();
    wan.connect(HUB, hub);
    runAll();
    assertThat(hub.delivered).containsExactly(octets(1));
  }

  @Test
  void whatWaitedAsLongAsItMayIsReportedUndeliveredAndNeverSent() {
    wan.send(message(1, Priority.ON_DEMAND));
    wan.send(message(2, Priority.BULK));
    now = now.plus(WanLimits.STANDARD.maxWaitUrgent());
    wan.tick();
    assertThat(reports)
        .containsExactly(new DeliveryReport(id(1), METER, Outcome.HUB_UNREACHABLE, now));
    now = now.plus(WanLimits.STANDARD.maxWaitBulk());
    wan.tick();
    assertThat(reports).extracting(DeliveryReport::correlation).containsExactly(id(1), id(2));
    SimulatedHub hub = new SimulatedHub();
    wan.connect(HUB, hub);
    runAll();
    assertThat(hub.delivered).isEmpty();
  }

  @Test
  void aHubThatDoesNotAnswerIsTriedAgainAtTheNextTickInTheSameOrder() {
    SimulatedHub hub = new SimulatedHub();
    hub.answer = Answer.UNREACHABLE;
    wan.connect(HUB, hub);
    wan.send(message(1, Priority.ON_DEMAND));
    wan.send(message(2, Priority.ON_DEMAND));
    runAll();
    assertThat(hub.delivered).isEmpty();
    hub.answer = Answer.TAKEN;
    runAll();
    assertThat(hub.delivered).as("rests until the tick").isEmpty();
    wan.tick();
    runAll();
    assertThat(hub.delivered).containsExactly(octets(1), octets(2));
    assertThat(reports).extracting(DeliveryReport::outcome).containsOnly(Outcome.DELIVERED);
  }

  @Test
  void aHubThatThrowsLosesNothing() {
    SimulatedHub hub =
        new SimulatedHub() {
          private boolean thrown;

          @Override
          void onDelivery(Octets message) {
            if (!thrown) {
              thrown = true;
              throw new IllegalStateException("a hub with a fault, on purpose");
            }
          }
        };
    wan.connect(HUB, hub);
    wan.send(message(1, Priority.ON_DEMAND));
    runAll();
    wan.tick();
    runAll();
    assertThat(hub.delivered).containsExactly(octets(1));
  }

  @Test
  void saysWhyAHubDidNotTakeAMessage() {
    SimulatedHub hub = new SimulatedHub();
    wan.connect(HUB, hub);
    hub.answer = Answer.UNKNOWN_DEVICE;
    wan.send(message(1, Priority.ON_DEMAND));
    runAll();
    hub.answer = Answer.DEVICE_QUEUE_FULL;
    wan.send(message(2, Priority.ON_DEMAND));
    runAll();
    assertThat(reports)
        .extracting(DeliveryReport::outcome)
        .containsExactly(Outcome.DEVICE_NOT_IN_HAN, Outcome.DEVICE_QUEUE_FULL);
  }

  @Test
  void closingReportsEverythingThatWaitsAndRefusesTheRest() {
    wan.send(message(1, Priority.BULK));
    wan.close();
    assertThat(reports).containsExactly(new DeliveryReport(id(1), METER, Outcome.WAN_CLOSED, now));
    assertThat(wan.send(message(2, Priority.BULK)))
        .isEqualTo(new Acceptance.Refused(Acceptance.Reason.CLOSED));
  }

  @Test
  void anUplinkMessageIsForgottenByTheHubOnlyAfterItIsStored() {
    SimulatedHub hub = new SimulatedHub();
    hub.keep(METER, octets(7));
    storeFails = true;
    HubLink link = wan.connect(HUB, hub);
    runAll();
    assertThat(hub.kept).hasSize(1);
    link.uplinkWaiting();
    runAll();
    assertThat(stored).as("rests until the tick").isEmpty();
    storeFails = false;
    wan.tick();
    runAll();
    assertThat(stored).containsExactly(octets(7));
    assertThat(hub.kept).isEmpty();
  }

  @Test
  void whatIsStoredIsForgottenAlthoughSomethingBeforeItIsNot() {
    SimulatedHub hub = new SimulatedHub();
    for (int i = 0; i < 3; i++) {
      hub.keep(METER, octets(i));
    }
    notTaken = Optional.of(octets(1));
    wan.connect(HUB, hub);
    runAll();
    assertThat(hub.kept).extracting(Upward::message).containsExactly(octets(1));
    notTaken = Optional.empty();
    wan.tick();
    runAll();
    assertThat(stored).containsExactly(octets(0), octets(2), octets(1));
    assertThat(hub.kept).isEmpty();
  }

  @Test
  void moreThanIsFetchedAtOnceAllArrives() {
    SimulatedHub hub = new SimulatedHub();
    int count = 2 * WanLimits.UPWARD_AT_ONCE + 1;
    for (int i = 0; i < count; i++) {
      hub.keep(METER, octets(i));
    }
    wan.connect(HUB, hub);
    runAll();
    assertThat(stored).hasSize(count);
    assertThat(hub.kept).isEmpty();
  }

  @Test
  void uplinkKeepsTheOrderOfTheHub() {
    SimulatedHub hub = new SimulatedHub();
    HubLink link = wan.connect(HUB, hub);
    runAll();
    for (int i = 0; i < 5; i++) {
      hub.keep(METER, octets(i));
      link.uplinkWaiting();
    }
    runAll();
    assertThat(stored).containsExactly(octets(0), octets(1), octets(2), octets(3), octets(4));
  }

  @Test
  void aHubThatClosedItsLinkIsNotCalled() {
    SimulatedHub hub = new SimulatedHub();
    HubLink link = wan.connect(HUB, hub);
    link.close();
    hub.keep(METER, octets(1));
    link.uplinkWaiting();
    wan.send(message(2, Priority.SUPPLY));
    runAll();
    assertThat(hub.delivered).isEmpty();
    assertThat(stored).isEmpty();
  }

  @Test
  void closingAnOldLinkLeavesTheNewConnectionAlone() {
    HubLink old = wan.connect(HUB, new SimulatedHub());
    SimulatedHub back = new SimulatedHub();
    wan.connect(HUB, back);
    old.close();
    wan.send(message(1, Priority.SUPPLY));
    runAll();
    assertThat(back.delivered).containsExactly(octets(1));
  }

  /** Real threads, many senders: none lost, none twice, order kept for each sender. */
  @Test
  void manySendersOnVirtualThreadsLoseNothing() throws InterruptedException {
    int senders = 8;
    int each = 200;
    SimulatedHub hub = new SimulatedHub(senders * each);
    try (InProcessWan busy = wan(Thread::startVirtualThread, senders * each)) {
      busy.connect(HUB, hub);
      CountDownLatch sent = new CountDownLatch(senders);
      for (int s = 0; s < senders; s++) {
        int first = s * each;
        Thread.startVirtualThread(() -> {
          for (int i = 0; i < each; i++) {
            busy.send(message(first + i, Priority.BULK));
          }
          sent.countDown();
        });
      }
      assertThat(sent.await(120, TimeUnit.SECONDS)).isTrue();
      assertThat(hub.expected.await(120, TimeUnit.SECONDS)).isTrue();
    }
    List<Integer> numbers = hub.delivered.stream().map(InProcessWanTest::number).toList();
    assertThat(numbers).doesNotHaveDuplicates().hasSize(senders * each);
    for (int s = 0; s < senders; s++) {
      int sender = s;
      assertThat(numbers.stream().filter(n -> n / each == sender)).isSorted();
    }
  }

  @Test
  void aDeviceMovesFromHubToHub() {
    Eui64 other = Eui64.parse("00DB1234567890B2");
    coverage.serve(other, METER);
    assertThat(coverage.hubServing(METER)).contains(other);
    assertThat(coverage.servedBy(HUB)).containsExactly(HUB);
    coverage.leave(METER);
    assertThat(coverage.hubServing(METER)).isEmpty();
    assertThat(coverage.hubServing(other)).as("a hub serves itself").contains(other);
  }

  @Test
  void aHubServesNoMoreDevicesThanItsLogHolds() {
    for (int i = 2; i < WanLimits.MAX_DEVICES_PER_HUB; i++) {
      assertThat(coverage.serve(HUB, new Eui64(i))).isTrue();
    }
    assertThat(coverage.serve(HUB, new Eui64(99))).isFalse();
    assertThat(coverage.hubServing(new Eui64(99))).isEmpty();
    assertThat(coverage.serve(HUB, METER)).as("known already").isTrue();
  }

  private InProcessWan wan(Executor threads, int maxWaiting) {
    WanLimits limits =
        new WanLimits(
            maxWaiting, WanLimits.STANDARD.maxWaitUrgent(), WanLimits.STANDARD.maxWaitBulk());
    return new InProcessWan(
        coverage, (device, message) -> store(message), reports::add, () -> now, limits, threads);
  }

  private void store(Octets message) throws NotStoredException {
    if (storeFails || notTaken.equals(Optional.of(message))) {
      throw new NotStoredException("the store is away, on purpose");
    }
    stored.add(message);
  }

  private void runAll() {
    while (!work.isEmpty()) {
      work.removeFirst().run();
    }
  }

  private static Downlink message(int number, Priority priority) {
    return new Downlink(METER, octets(number), priority, id(number));
  }

  private static MessageId id(int number) {
    return new MessageId(BROKER, METER, new OriginatorCounter(number));
  }

  private static Octets octets(int number) {
    return new OctetWriter().u16(number).toOctets();
  }

  private static int number(Octets message) {
    return message.at(0) << 8 | message.at(1);
  }

  @Test
  void limitsThatLetNothingPassAreRefused() {
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> new WanLimits(0, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> new WanLimits(1, Duration.ZERO, Duration.ofSeconds(1)));
  }
}
