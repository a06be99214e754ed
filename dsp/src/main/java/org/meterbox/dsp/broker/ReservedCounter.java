// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.broker;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.store.Store;

/**
 * A counter of the DSP's own. The store is told of a block of values before any of them is used, so
 * a value is never used twice, whatever ends the process; a restart skips the rest of the block.
 * Never falls behind the milliseconds since 1970, so that devices do not refuse as replayed what
 * comes after the store itself was lost. Safe for use by many threads.
 */
public final class ReservedCounter {
  /** Values that are taken from the store at once. */
  public static final int BLOCK = 10_000;

  private static final String RESERVE =
      """
      INSERT INTO dsp.counter AS c (name, next) VALUES (?, ? + ?)
      ON CONFLICT (name) DO UPDATE SET next = GREATEST(c.next, ?) + ?
      RETURNING next
      """;

  private final Store store;
  private final String name;
  private final InstantSource clock;
  private long next;
  private long end;

  /** The counter with this name; the first use reserves. */
  public ReservedCounter(Store store, String name, InstantSource clock) {
    this.store = store;
    this.name = name;
    this.clock = clock;
  }

  /** A value that was never given out before. */
  public synchronized OriginatorCounter next() {
    if (next == end) {
      end = reserve();
      next = end - BLOCK;
    }
    return new OriginatorCounter(next++);
  }

  private long reserve() {
    long now = clock.instant().toEpochMilli();
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
        statement.setString(1, name);
        statement.setLong(2, now);
        statement.setLong(3, BLOCK);
        statement.setLong(4, now);
        statement.setLong(5, BLOCK);
        try (ResultSet row = statement.executeQuery()) {
          if (!row.next()) {
            throw new SQLException("a reservation gives the counter's new value");
          }
          return row.getLong(1);
        }
      }
    });
  }
}
