// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions and migrations on a real PostgreSQL that somebody else runs, as it seems to it. */
final class StoreTest {
  private Store store = TestStore.fresh();

  @BeforeEach
  void migrate() {
    Notes.prepare(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static int insert(Connection connection, long id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate("INSERT INTO sample.note VALUES (" + id + ", 'x')");
    }
  }

  // All of it or nothing: an exception of whatever kind takes back what was done before it.
  @Test
  void takesEverythingBackWhereTheWorkFails() {
    assertThatThrownBy(() ->
            store.transact(connection -> {
              insert(connection, 1);
              return insert(connection, 1);
            }))
        .isInstanceOfSatisfying(
            StoreException.class, refused -> assertThat(refused.sqlState()).contains("23505"));
    assertThatThrownBy(() ->
            store.transact(connection -> {
              insert(connection, 2);
              throw new IllegalStateException("our own fault");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("our own fault");
    assertThat(Notes.texts(store)).isEmpty();
  }

  // The fault's message goes to logs; the values of the row may be somebody's consumption.
  @Test
  void keepsRowValuesOutOfMessages() {
    Notes.write(store, 4711, "x");
    assertThatThrownBy(() -> Notes.write(store, 4711, "x"))
        .isInstanceOf(StoreException.class)
        .hasMessageNotContaining("4711")
        .hasMessageContaining("duplicate key");
  }

  // A connection that was used goes back as it came: committing each statement by itself.
  @Test
  void givesConnectionsBackAsTheyCame() throws SQLException {
    store.transact(connection -> insert(connection, 1));
    try (Connection connection = store.dataSource().getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  // One statement is durable when the call returns, without a transaction around it.
  @Test
  void runsOneStatementByItself() {
    assertThat(store.<Integer>statement(connection -> insert(connection, 1))).isEqualTo(1);
    assertThat(Notes.texts(store)).hasSize(1);
  }

  // Conflicts that the database resolves by refusing one side are repeated, but not for ever.
  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void repeatsAConflictABoundedNumberOfTimes(String state) {
    AtomicInteger attempts = new AtomicInteger();
    int result =
        store.transact(connection -> {
          insert(connection, 1);
          if (attempts.incrementAndGet() < Store.TRANSACTION_ATTEMPTS_MAX) {
            throw new SQLException("conflict", state);
          }
          return attempts.get();
        });
    assertThat(result).isEqualTo(Store.TRANSACTION_ATTEMPTS_MAX);
    assertThat(Notes.texts(store)).hasSize(1);
    attempts.set(-1);
    assertThatThrownBy(() ->
            store.transact(connection -> {
              attempts.incrementAndGet();
              throw new SQLException("conflict", state);
            }))
        .isInstanceOf(StoreException.class);
    assertThat(attempts).hasValue(Store.TRANSACTION_ATTEMPTS_MAX - 1);
  }

  @Test
  void doesNotRepeatAnyOtherFault() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(() ->
            store.transact(connection -> {
              attempts.incrementAndGet();
              throw new SQLException("no", "23505");
            }))
        .isInstanceOf(StoreException.class);
    assertThat(attempts).hasValue(1);
  }

  // A real deadlock: two transactions take two rows in opposite order, and both get through.
  @Test
  void getsBothSidesOfADeadlockThrough() throws Exception {
    Notes.write(store, 1, "a");
    Notes.write(store, 2, "b");
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> left = threads.submit(() -> lockBoth(1, 2, bothHoldOne));
      Future<Integer> right = threads.submit(() -> lockBoth(2, 1, bothHoldOne));
      assertThat(left.get() + right.get()).as("attempts of both").isGreaterThan(2);
    }
  }

  private int lockBoth(int first, int second, CyclicBarrier bothHoldOne) {
    AtomicInteger attempts = new AtomicInteger();
    return store.transact(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE sample.note SET text = 'y' WHERE id = " + first);
        if (attempts.incrementAndGet() == 1) {
          meet(bothHoldOne);
        }
        statement.executeUpdate("UPDATE sample.note SET text = 'y' WHERE id = " + second);
        return attempts.get();
      }
    });
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(120, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  // A start on an up-to-date schema changes nothing.
  @Test
  void migratesOnce() {
    assertThat(store.migrate("sample", "org/meterbox/store/sample")).isZero();
  }

  // A misspelt location must not pass for "nothing to migrate".
  @Test
  void refusesMigrationsThatAreNotThere() {
    assertThatThrownBy(() -> store.migrate("other", "org/meterbox/store/nowhere"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Sample", "a-b", "a;drop", "1a", "a\"b"})
  void refusesNamesThatAreNoSchema(String name) {
    assertThatThrownBy(() -> store.migrate(name, "org/meterbox/store/sample"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Tests of one class must not see the rows of another.
  @Test
  void givesEachTestStoreADatabaseOfItsOwn() throws SQLException {
    Notes.write(store, 1, "mine");
    try (Store other = TestStore.fresh();
        Connection connection = other.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT FROM information_schema.schemata WHERE schema_name = 'sample'")) {
      assertThat(rows.next()).isFalse();
    }
  }

  // An external database that is not there: the operator reads which, and never the password.
  @Test
  void saysWhichDatabaseCannotBeReached() throws IOException {
    int closed;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = probe.getLocalPort();
    }
    StoreConfiguration nowhere =
        StoreConfiguration.external(
            "postgresql://user:geheim@127.0.0.1:" + closed + "/db", step -> {});
    assertThatThrownBy(() -> Store.open(nowhere))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:" + closed)
        .hasMessageNotContaining("geheim");
  }

  @Test
  void refusesAPoolWithoutConnections() {
    assertThatThrownBy(() ->
            new StoreConfiguration.External(
                "jdbc:postgresql:x", Optional.empty(), Optional.empty(), 0, step -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
