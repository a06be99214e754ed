// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterbox.smki.audit.AuditLog.Verification;
import org.meterbox.store.Store;
import org.meterbox.store.StoreException;
import org.meterbox.store.TestStore;

final class AuditLogTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456789Z");

  private final Store store = TestStore.fresh();
  private final PostgresAuditLog log = PostgresAuditLog.open(store, InstantSource.fixed(NOW));

  @AfterEach
  void close() {
    store.close();
  }

  private void fill(int entries) {
    for (int i = 1; i <= entries; i++) {
      log.append("officer", AuditAction.REGISTRATION, "step " + i);
    }
  }

  @Test
  void readsBackWhatWasWritten() {
    AuditEntry first = log.append("officer", AuditAction.REGISTRATION, "nominated \"X\", é");
    AuditEntry second = log.append("authority", AuditAction.CERTIFICATE_ISSUED, "");
    assertThat(log.read(1, AuditLog.PAGE_MAX)).containsExactly(first, second);
    assertThat(log.read(2, AuditLog.PAGE_MAX)).containsExactly(second);
    assertThat(log.read(1, 1)).containsExactly(first);
    assertThat(second.previous()).isEqualTo(first.hash());
    assertThat(log.verify()).isEqualTo(new Verification.Intact(2, second.hash()));
  }

  @Test
  void isIntactWhileEmpty() {
    assertThat(log.verify()).isEqualTo(new Verification.Intact(0, AuditEntry.BEGINNING));
  }

  @ParameterizedTest
  @CsvSource({
    "UPDATE smki.audit SET detail = 'x'",
    "DELETE FROM smki.audit",
    "TRUNCATE smki.audit"
  })
  void refusesEveryChangeInTheDatabase(String change) {
    fill(3);
    assertThatThrownBy(() -> execute(change)).isInstanceOf(StoreException.class);
    assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
  }

  // Whoever owns the database can take the trigger away; the chain still tells.
  @ParameterizedTest
  @CsvSource({
    "UPDATE smki.audit SET detail = 'step 9' WHERE number = 2, 2",
    "UPDATE smki.audit SET actor = 'other' WHERE number = 1, 1",
    "UPDATE smki.audit SET at = at + interval '1 microsecond' WHERE number = 3, 3",
    "UPDATE smki.audit SET action = 'CEREMONY' WHERE number = 3, 3",
    "DELETE FROM smki.audit WHERE number = 2, 2",
    "UPDATE smki.audit SET number = 9 WHERE number = 3, 3",
  })
  void showsWhatWasTamperedWith(String change, long number) {
    fill(3);
    execute("ALTER TABLE smki.audit DISABLE TRIGGER audit_append_only");
    execute(change);
    assertThat(log.verify())
        .isInstanceOfSatisfying(
            Verification.Broken.class, broken -> assertThat(broken.number()).isEqualTo(number));
  }

  // A forger who recomputes the hash of one entry breaks the link of the next.
  @Test
  void showsAnEntryThatWasRehashed() {
    fill(3);
    AuditEntry second = log.read(2, 1).getFirst();
    AuditEntry forged =
        AuditEntry.after(
            second.previous(), 2, second.at(), second.actor(), second.action(), "forged");
    execute("ALTER TABLE smki.audit DISABLE TRIGGER audit_append_only");
    execute(
        String.format(
            Locale.ROOT,
            "UPDATE smki.audit SET detail = 'forged', hash = '\\x%s' WHERE number = 2",
            forged.hash().hex()));
    assertThat(log.verify())
        .isEqualTo(new Verification.Broken(3, "it does not follow the entry before it"));
  }

  @Test
  void walksALogOfManyPages() {
    store.transact(connection -> {
      for (int i = 0; i < 2 * AuditLog.PAGE_MAX + 1; i++) {
        log.append(connection, "officer", AuditAction.BATCH, "step " + i);
      }
      return 0;
    });
    assertThat(log.verify())
        .isInstanceOfSatisfying(
            Verification.Intact.class,
            intact -> assertThat(intact.entries()).isEqualTo(2 * AuditLog.PAGE_MAX + 1));
  }

  @Test
  void keepsTheChainWholeAmongManyWriters() throws Exception {
    List<Callable<AuditEntry>> writers =
        IntStream.range(0, 40)
            .<Callable<AuditEntry>>mapToObj(
                i -> () -> log.append("writer " + i, AuditAction.CERTIFICATE_ISSUED, ""))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var writer : threads.invokeAll(writers)) {
        assertThat(writer.get().number()).isBetween(1L, 40L);
      }
    }
    assertThat(log.verify())
        .isInstanceOfSatisfying(
            Verification.Intact.class, intact -> assertThat(intact.entries()).isEqualTo(40));
  }

  // The record of a deed that did not happen must not stay.
  @Test
  void forgetsAnEntryWhoseTransactionFailed() {
    assertThatThrownBy(() ->
            store.transact(connection -> {
              log.append(connection, "officer", AuditAction.REGISTRATION, "undone");
              throw new SQLException("the deed failed");
            }))
        .isInstanceOf(StoreException.class);
    assertThat(log.verify()).isEqualTo(new Verification.Intact(0, AuditEntry.BEGINNING));
  }

  @Test
  void refusesTextsBeyondTheirLimits() {
    String longest = "x".repeat(AuditEntry.DETAIL_LENGTH_MAX);
    log.append("officer", AuditAction.REGISTRATION, longest);
    assertThatThrownBy(() -> log.append("officer", AuditAction.REGISTRATION, longest + "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log.append(" ", AuditAction.REGISTRATION, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void execute(String sql) {
    store.transact((Connection connection) -> {
      try (Statement statement = connection.createStatement()) {
        return statement.execute(sql);
      }
    });
  }
}
