// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Lane.Turn;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

final class LaneTest {
  private static final Eui64 USER = Eui64.parse("90B3D51F30010000");

  private final Lane lane = new Lane(USER);

  private static Pending notice(long id) {
    return new Pending(id, USER, Instant.EPOCH, Octets.EMPTY);
  }

  @Test
  void oneNoticeStartsOneWorkerWhichThenEnds() {
    assertThat(lane.add(notice(1))).isTrue();
    assertThat(lane.next()).isEqualTo(new Turn.Push(notice(1)));
    lane.done(notice(1));
    assertThat(lane.next()).isEqualTo(new Turn.End());
  }

  // After the end the next notice must start a worker again, or it would wait for ever.
  @Test
  void aNoticeAfterTheEndStartsAnotherWorker() {
    lane.add(notice(1));
    lane.next();
    lane.next();
    assertThat(lane.add(notice(2))).isTrue();
  }

  @Test
  void thereAreAsManyWorkersAsNoticesUpToABound() {
    long started =
        LongStream.rangeClosed(1, 2L * Lane.WORKERS_MAX).filter(id -> lane.add(notice(id))).count();
    assertThat(started).isEqualTo(Lane.WORKERS_MAX);
  }

  // What is read from the store may be in a worker's hand at this moment.
  @Test
  void whatIsInHandIsNotTakenAgain() {
    lane.add(notice(1));
    Turn first = lane.next();
    assertThat(first).isEqualTo(new Turn.Push(notice(1)));
    lane.wake();
    assertThat(lane.next()).isEqualTo(new Turn.Refill(USER));
    lane.refill(List.of(notice(1), notice(2)), false);
    assertThat(lane.next()).isEqualTo(new Turn.Push(notice(2)));
    lane.done(notice(1));
    lane.refill(List.of(notice(1)), false);
    assertThat(lane.next()).isEqualTo(new Turn.Push(notice(1)));
  }

  // Between the reading and the taking a worker may have pushed what was read: it would come twice.
  @Test
  void whatIsDoneWhileTheStoreIsReadIsNotTakenAgain() {
    lane.add(notice(1));
    lane.next();
    lane.wake();
    assertThat(lane.next()).isEqualTo(new Turn.Refill(USER));
    lane.done(notice(1));
    lane.refill(List.of(notice(1)), false);
    assertThat(lane.next()).isEqualTo(new Turn.End());
  }

  // Two readers at once would not know of each other what is done meanwhile.
  @Test
  void onlyOneWorkerReadsTheStoreAtATime() {
    lane.wake();
    assertThat(lane.next()).isEqualTo(new Turn.Refill(USER));
    assertThat(lane.wake()).isFalse();
    lane.refill(List.of(), false);
    assertThat(lane.next()).isEqualTo(new Turn.Refill(USER));
  }

  // A burst beyond the bound stays in the store; nothing of it is forgotten.
  @Test
  void whatFindsNoRoomIsReadFromTheStoreLater() {
    int burst = Lane.WAITING_MAX + 300;
    for (long id = 1; id <= burst; id++) {
      lane.add(notice(id));
    }
    List<Long> pushed = new ArrayList<>();
    List<Pending> stored = LongStream.rangeClosed(1, burst).mapToObj(LaneTest::notice).toList();
    Turn turn = lane.next();
    while (!(turn instanceof Turn.End)) {
      switch (turn) {
        case Turn.Push(Pending notice) -> {
          pushed.add(notice.id());
          lane.done(notice);
        }
        case Turn.Refill _ -> {
          List<Pending> due =
              stored.stream().filter(n -> !pushed.contains(n.id())).limit(100).toList();
          lane.refill(due, due.size() == 100);
        }
        case Turn.End() -> throw new AssertionError();
      }
      turn = lane.next();
    }
    assertThat(pushed).hasSize(burst).doesNotHaveDuplicates();
  }

  // Each worker that ends against the rules makes room for another.
  @Test
  void aWorkerThatFailsIsReplaced() {
    lane.add(notice(1));
    lane.next();
    lane.workerFailed();
    assertThat(lane.add(notice(2))).isTrue();
  }
}
