// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that shares transactions, on a real PostgreSQL. */
@Timeout(60)
final class GroupCommitTest {
  private static final int FOLLOWERS = 20;

  private final Store store = TestStore.fresh();
  private final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch firstIsAtWork = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final GroupCommit<Long, Boolean> notes = new GroupCommit<>(store, this::insert);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void migrate() {
    Notes.prepare(store);
  }

  @AfterEach
  void close() {
    goOn.countDown();
    callers.close();
    store.close();
  }

  /** The first group waits in its transaction until it may go on. */
  private List<Boolean> insert(Connection connection, List<Long> ids) throws SQLException {
    groups.add(ids.size());
    firstIsAtWork.countDown();
    try {
      goOn.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO sample.note VALUES (?, 'x')")) {
      for (long id : ids) {
        statement.setLong(1, id);
        statement.addBatch();
      }
      return Arrays.stream(statement.executeBatch()).mapToObj(count -> count != 0).toList();
    }
  }

  private List<Future<Boolean>> whileTheFirstIsAtWork(List<Long> ids) throws InterruptedException {
    List<Future<Boolean>> running = new ArrayList<>();
    running.add(callers.submit(() -> notes.run(0L)));
    firstIsAtWork.await();
    for (long id : ids) {
      running.add(callers.submit(() -> notes.run(id)));
    }
    while (notes.waiting() < ids.size()) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    return running;
  }

  private static List<Long> ids(int count) {
    List<Long> ids = new ArrayList<>();
    for (long id = 1; id <= count; id++) {
      ids.add(id);
    }
    return ids;
  }

  // The point of it: who comes while the disk is busy shares the next write.
  @Test
  void doesWhatHasGatheredInOneTransaction() throws Exception {
    for (Future<Boolean> done : whileTheFirstIsAtWork(ids(FOLLOWERS))) {
      assertThat(done.get()).isTrue();
    }
    assertThat(groups).containsExactly(1, FOLLOWERS);
    assertThat(Notes.texts(store)).hasSize(1 + FOLLOWERS);
  }

  // More than the driver can send without waiting for answers would make it commit in between.
  @Test
  void boundsTheGroup() throws Exception {
    for (Future<Boolean> done : whileTheFirstIsAtWork(ids(GroupCommit.GROUP_MAX + 1))) {
      assertThat(done.get()).isTrue();
    }
    assertThat(groups).containsExactly(1, GroupCommit.GROUP_MAX, 1);
  }

  // One caller's fault takes back the group's transaction; the others must not pay for it.
  @Test
  void refusesOnlyTheOneThatIsAtFault() throws Exception {
    List<Long> withATakenKey = ids(FOLLOWERS);
    withATakenKey.set(FOLLOWERS / 2, 0L);
    List<Future<Boolean>> running = whileTheFirstIsAtWork(withATakenKey);
    int refused = 0;
    for (Future<Boolean> done : running) {
      try {
        assertThat(done.get()).isTrue();
      } catch (ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOfSatisfying(
                StoreException.class, fault -> assertThat(fault.sqlState()).contains("23505"));
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(Notes.texts(store)).hasSize(FOLLOWERS);
  }

  // A lost database is nobody's fault: each waits once for a connection, not once for each other.
  @Test
  void failsTheWholeGroupAtOnceWhereTheDatabaseIsGone() throws Exception {
    List<Future<Boolean>> running = new ArrayList<>();
    running.add(callers.submit(() -> notes.run(0L)));
    firstIsAtWork.await();
    running.add(callers.submit(() -> notes.run(1L)));
    running.add(callers.submit(() -> notes.run(2L)));
    while (notes.waiting() < 2) {
      Thread.onSpinWait();
    }
    store.close();
    goOn.countDown();
    for (Future<Boolean> failed : running.subList(1, 3)) {
      assertThatThrownBy(failed::get).cause().isInstanceOf(StoreException.class);
    }
    // The work itself was not even begun a second time.
    assertThat(groups).containsExactly(1);
  }
}
