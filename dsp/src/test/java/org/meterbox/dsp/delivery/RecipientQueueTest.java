// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.RecipientQueue.Hung;
import org.meterbox.dsp.delivery.RecipientQueue.Turn;
import org.meterbox.dsp.delivery.RecipientQueue.Worker;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

final class RecipientQueueTest {
  private static final Eui64 USER = Eui64.parse("90B3D51F30010000");

  private final RecipientQueue queue = new RecipientQueue(USER);

  private static Pending notice(long id) {
    return new Pending(id, USER, Instant.EPOCH, Octets.EMPTY, Optional.empty());
  }

  private Worker started(Optional<Worker> worker) {
    return worker.orElseThrow(() -> new AssertionError("no worker was started"));
  }

  private Turn next(Worker worker) {
    return queue.next(worker, 0);
  }

  @Test
  void oneNoticeStartsOneWorkerWhichThenEnds() {
    Worker worker = started(queue.add(notice(1)));
    assertThat(next(worker)).isEqualTo(new Turn.Push(notice(1)));
    queue.done(worker, notice(1));
    assertThat(next(worker)).isEqualTo(new Turn.End());
  }

  // After the end the next notice must start a worker again, or it would wait for ever.
  @Test
  void aNoticeAfterTheEndStartsAnotherWorker() {
    Worker worker = started(queue.add(notice(1)));
    next(worker);
    queue.done(worker, notice(1));
    next(worker);
    assertThat(queue.add(notice(2))).isPresent();
  }

  // A busy worker may hang: it is not one that will come for the next notice.
  @Test
  void aBusyWorkerIsNoReasonToStartNone() {
    for (long id = 1; id <= 3; id++) {
      next(started(queue.add(notice(id))));
    }
    assertThat(queue.add(notice(4))).isPresent();
  }

  @Test
  void thereAreAsManyWorkersAsNoticesUpToABound() {
    long started =
        LongStream.rangeClosed(1, 2L * RecipientQueue.WORKERS_MAX)
            .filter(id -> queue.add(notice(id)).isPresent())
            .count();
    assertThat(started).isEqualTo(RecipientQueue.WORKERS_MAX);
  }

  // What is read from the store may be in a worker's hand at this moment.
  @Test
  void whatIsInHandIsNotTakenAgain() {
    Worker first = started(queue.add(notice(1)));
    assertThat(next(first)).isEqualTo(new Turn.Push(notice(1)));
    Worker second = started(queue.wake());
    assertThat(next(second)).isEqualTo(new Turn.Refill(USER));
    queue.refill(second, List.of(notice(1), notice(2)), false);
    assertThat(next(second)).isEqualTo(new Turn.Push(notice(2)));
    queue.done(first, notice(1));
    queue.wake();
    assertThat(next(first)).isEqualTo(new Turn.Refill(USER));
    queue.refill(first, List.of(notice(1)), false);
    assertThat(next(first)).isEqualTo(new Turn.Push(notice(1)));
  }

  // Between the reading and the taking a worker may have pushed what was read: it would come twice.
  @Test
  void whatIsDoneWhileTheStoreIsReadIsNotTakenAgain() {
    Worker first = started(queue.add(notice(1)));
    next(first);
    Worker second = started(queue.wake());
    assertThat(next(second)).isEqualTo(new Turn.Refill(USER));
    queue.done(first, notice(1));
    queue.refill(second, List.of(notice(1)), false);
    assertThat(next(second)).isEqualTo(new Turn.End());
  }

  // Two readers at once would not know of each other what is done meanwhile.
  @Test
  void onlyOneWorkerReadsTheStoreAtATime() {
    Worker worker = started(queue.wake());
    assertThat(next(worker)).isEqualTo(new Turn.Refill(USER));
    assertThat(queue.wake()).isEmpty();
    queue.refill(worker, List.of(), false);
    assertThat(next(worker)).isEqualTo(new Turn.Refill(USER));
  }

  // A burst beyond the bound stays in the store; nothing of it is forgotten.
  @Test
  void whatFindsNoRoomIsReadFromTheStoreLater() {
    int burst = RecipientQueue.WAITING_MAX + 300;
    Worker worker = started(queue.add(notice(1)));
    for (long id = 2; id <= burst; id++) {
      queue.add(notice(id));
    }
    List<Long> pushed = new ArrayList<>();
    List<Pending> stored =
        LongStream.rangeClosed(1, burst).mapToObj(RecipientQueueTest::notice).toList();
    Turn turn = next(worker);
    while (!(turn instanceof Turn.End)) {
      switch (turn) {
        case Turn.Push(Pending notice) -> {
          pushed.add(notice.id());
          queue.done(worker, notice);
        }
        case Turn.Refill _ -> {
          List<Pending> due =
              stored.stream().filter(n -> !pushed.contains(n.id())).limit(100).toList();
          queue.refill(worker, due, due.size() == 100);
        }
        case Turn.End() -> throw new AssertionError();
      }
      turn = next(worker);
    }
    assertThat(pushed).hasSize(burst).doesNotHaveDuplicates();
  }

  // Each worker that ends against the rules makes room for another, and its notice is free again.
  @Test
  void aWorkerThatFailsIsReplaced() {
    Worker failing = started(queue.add(notice(1)));
    next(failing);
    queue.workerFailed(failing);
    Worker other = started(queue.wake());
    next(other);
    queue.refill(other, List.of(notice(1)), false);
    assertThat(next(other)).isEqualTo(new Turn.Push(notice(1)));
  }

  // The time a worker waited for its place does not count: only the attempt can hang.
  @Test
  void aWorkerThatHangsIsCountedOut() {
    Worker hanging = started(queue.add(notice(1)));
    queue.next(hanging, 1_000);
    queue.begins(hanging, 5_000);
    assertThat(queue.countOut(5_000)).isEmpty();
    assertThat(queue.countOut(5_001)).containsExactly(new Hung(hanging, Optional.of(notice(1))));
    assertThat(queue.counts(hanging)).isFalse();
    assertThat(queue.add(notice(1))).as("the notice is free again").isPresent();
  }

  // It may come back from where it hung; it must not free what another worker has in hand now.
  @Test
  void aWorkerThatWasCountedOutHasNoMoreSay() {
    Worker hanging = started(queue.add(notice(1)));
    queue.next(hanging, 0);
    queue.countOut(1);
    Worker other = started(queue.add(notice(1)));
    next(other);
    queue.done(hanging, notice(1));
    assertThat(next(hanging)).isEqualTo(new Turn.End());
    queue.wake();
    Worker third = started(queue.wake().or(() -> queue.add(notice(2))));
    next(third);
    queue.refill(third, List.of(notice(1)), false);
    assertThat(next(third)).isNotEqualTo(new Turn.Push(notice(1)));
  }

  // One who hangs while it reads the store would otherwise keep everybody from reading it.
  @Test
  void aReaderThatHangsIsCountedOut() {
    Worker hanging = started(queue.wake());
    queue.next(hanging, 0);
    assertThat(queue.countOut(1)).containsExactly(new Hung(hanging, Optional.empty()));
    Worker other = started(queue.wake());
    assertThat(next(other)).isEqualTo(new Turn.Refill(USER));
    assertThat(queue.refill(hanging, List.of(notice(1)), true)).isEmpty();
  }
}
