// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.health;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Supplier;
import org.meterbox.dsp.health.Readiness.NotReady;
import org.meterbox.dsp.health.Readiness.Ready;
import org.meterbox.store.Store;
import org.meterbox.store.StoreException;

/**
 * Whether the store takes a durable write. A read is not enough: with a full disk PostgreSQL still
 * reads.
 */
public final class StoreProbe implements Supplier<Readiness> {
  private static final String WRITE = "UPDATE dsp.health_probe SET at = ?";

  /** A statement that was refused for want of disk or memory within this time is no readiness. */
  private static final Duration SHORTAGE_LASTS = Duration.ofMinutes(1);

  private final Store store;
  private final InstantSource clock;

  public StoreProbe(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Readiness get() {
    try {
      store.statement(connection -> {
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
          write.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
          return write.executeUpdate();
        }
      });
      return store
          .shortageWithin(SHORTAGE_LASTS)
          .<Readiness>map(state -> notStoring(state))
          .orElseGet(Ready::new);
    } catch (StoreException e) {
      return e.sqlState()
          .map(StoreProbe::notStoring)
          .orElseGet(() -> new NotReady("the database does not store"));
    }
  }

  private static NotReady notStoring(String state) {
    return new NotReady(
        String.format(Locale.ROOT, "the database does not store (SQLSTATE %s)", state));
  }
}
