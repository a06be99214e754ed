// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meterbox.store.Store;
import org.meterbox.store.StoreException;
import org.meterbox.store.TestStore;

final class ClaimedWorkTest {
  private static final int FAULTY = 3;

  private final List<Integer> done = new ArrayList<>();
  private int claimed;
  private int room = Integer.MAX_VALUE;

  private ClaimedWork<Integer> work(int waiting) {
    return new ClaimedWork<>(
        "numbers",
        max -> {
          int first = claimed;
          claimed = Math.min(waiting, claimed + max);
          return IntStream.range(first, claimed).boxed().toList();
        },
        this::take,
        () -> done.size() < room,
        () -> Instant.EPOCH);
  }

  private void take(int number) {
    if (number == FAULTY) {
      throw new IllegalStateException("a fault of our own");
    }
    done.add(number);
  }

  @Test
  void aFaultIsCountedAndKeepsNobodyElse() {
    ClaimedWork<Integer> work = work(10);
    work.look();
    assertThat(done).containsExactly(0, 1, 2, 4, 5, 6, 7, 8, 9);
    assertThat(work.faults().count()).isEqualTo(1);
  }

  @Test
  void oneLookTakesUpNoMoreThanThereIsRoomForAndLeavesTheRest() {
    room = 1;
    work(1_000).look();
    assertThat(claimed).isEqualTo(ClaimedWork.CLAIMED_AT_ONCE);
  }

  @Test
  void oneLookEndsThoughMoreIsAlwaysDue() {
    work(Integer.MAX_VALUE).look();
    assertThat(claimed).isEqualTo(ClaimedWork.PER_LOOK_MAX);
  }

  @Test
  void aStoreThatCannotBeUsedEndsTheLook() {
    Store closed = TestStore.fresh();
    closed.close();
    ClaimedWork<Integer> work =
        new ClaimedWork<>(
            "numbers",
            _ -> List.of(1, 2),
            _ -> {
              boolean _ = closed.statement(Connection::isReadOnly);
            },
            () -> true,
            () -> Instant.EPOCH);
    assertThatThrownBy(work::look).isInstanceOf(StoreException.class);
    assertThat(work.faults().count()).isZero();
  }
}
