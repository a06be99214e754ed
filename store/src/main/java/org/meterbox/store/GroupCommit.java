// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Group commit: work of one kind that arrives while a transaction of this kind is under way, or
 * within {@link #GATHERING} of its beginning, is done in the next one together, so that many
 * callers share its round trips and its one write to the disk. Who comes alone is served at once.
 * Each caller returns when its own work is durable. Safe for use by many threads.
 *
 * @param <T> what one caller brings
 * @param <R> what it finds out
 */
public final class GroupCommit<T, R> {
  /** Pieces of work in one transaction at most: the driver sends as many without waiting. */
  public static final int GROUP_MAX = 128;

  /**
   * From the beginning of a transaction to that of the next one at least. A durable commit costs as
   * much processor time as several signatures, however little it writes; a message takes two on its
   * way, and may take a hundred milliseconds.
   */
  public static final Duration GATHERING = Duration.ofMillis(5);

  /** Classes of SQLSTATE: bad data, broken constraint, conflict, raised exception, too much. */
  private static final Set<String> ONE_ITEM_AT_FAULT = Set.of("21", "22", "23", "40", "P0", "54");

  private static final int STATE_LETTERS = 5;

  private final Store store;
  private final Work<T, R> work;
  private final ReentrantLock lock = new ReentrantLock();

  /** What the next transactions do; guarded by the lock. */
  private final Deque<Entry<T, R>> waiting = new ArrayDeque<>();

  /** Whether a thread does what waits; guarded by the lock. */
  private boolean working;

  /** When the last transaction began; only the thread that works uses it, one after the other. */
  private long lastBegan = System.nanoTime() - GATHERING.toNanos();

  /**
   * What is done for a group, in one transaction. Runs more than once where the database asks for a
   * repeat, and for single items where the group's transaction failed.
   *
   * @param <T> what one caller brings
   * @param <R> what it finds out
   */
  @FunctionalInterface
  public interface Work<T, R> {
    /** Gives a result for each item, in their order. */
    List<R> run(Connection connection, List<T> items) throws SQLException;
  }

  private record Entry<T, R>(T item, CompletableFuture<R> result) {}

  /** Work of one kind in this store. */
  public GroupCommit(Store store, Work<T, R> work) {
    this.store = store;
    this.work = work;
  }

  /**
   * Does the work and returns when it is durable. An interrupt does not end the wait.
   *
   * @throws StoreException as {@link Store#transact}; a fault of one caller's work is not another's
   */
  public R run(T item) {
    Entry<T, R> entry = new Entry<>(item, new CompletableFuture<>());
    boolean idle;
    lock.lock();
    try {
      waiting.add(entry);
      idle = !working;
      working = true;
    } finally {
      lock.unlock();
    }
    if (idle) {
      // A thread of its own: an interrupt of one caller must not break the others' connection.
      Thread.ofVirtual().name("group-commit").start(this::workOff);
    }
    try {
      return entry.result().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException refused) {
        throw refused;
      }
      throw new IllegalStateException("work in a group failed", e.getCause());
    }
  }

  /** How many wait for the next transaction. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void workOff() {
    gather();
    for (List<Entry<T, R>> group = next(); !group.isEmpty(); group = next()) {
      lastBegan = System.nanoTime();
      together(group);
      gather();
    }
  }

  /** Lets others come who would otherwise pay for a commit each. */
  private void gather() {
    long over = lastBegan + GATHERING.toNanos();
    for (long left = over - System.nanoTime();
        left > 0 && waiting() < GROUP_MAX;
        left = over - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  /** The next group; once it is empty, whoever comes starts another thread. */
  private List<Entry<T, R>> next() {
    List<Entry<T, R>> group = new ArrayList<>();
    lock.lock();
    try {
      while (!waiting.isEmpty() && group.size() < GROUP_MAX) {
        group.add(waiting.remove());
      }
      working = !group.isEmpty();
    } finally {
      lock.unlock();
    }
    return group;
  }

  private void together(List<Entry<T, R>> group) {
    List<R> results;
    try {
      results = store.transact(connection -> work(connection, group));
    } catch (StoreException refused) {
      if (group.size() > 1 && isOfOneItem(refused)) {
        group.forEach(entry -> together(List.of(entry)));
      } else {
        group.forEach(entry -> entry.result().completeExceptionally(refused));
      }
      return;
    } catch (RuntimeException fault) {
      // The edge of the thread: nobody may wait for ever for a fault of our own.
      group.forEach(entry -> entry.result().completeExceptionally(fault));
      return;
    }
    for (int i = 0; i < group.size(); i++) {
      group.get(i).result().complete(results.get(i));
    }
  }

  /**
   * Whether the database refused what one item brought; then each gets a transaction of its own.
   */
  private static boolean isOfOneItem(StoreException refused) {
    return refused
        .sqlState()
        .filter(state -> state.length() == STATE_LETTERS)
        .map(state -> ONE_ITEM_AT_FAULT.contains(state.substring(0, 2)))
        .orElse(false);
  }

  private List<R> work(Connection connection, List<Entry<T, R>> group) throws SQLException {
    List<R> results = work.run(connection, group.stream().map(Entry::item).toList());
    if (results.size() != group.size()) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%d results for a group of %d", results.size(), group.size()));
    }
    return results;
  }
}
