// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.meterbox.store.Store;
import org.meterbox.store.StoreException;
import org.meterbox.store.Transaction;

/**
 * The store as pages use it: they read, and a query that takes long is given up, so that somebody's
 * search never holds up the data systems. Safe for threads.
 */
public final class PageStore {
  /** How long one query of a page runs at most. */
  public static final Duration QUERY_MAX = Duration.ofSeconds(2);

  private static final String BEGIN =
      String.format(
          Locale.ROOT,
          "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = %d",
          QUERY_MAX.toMillis());
  private static final String SCHEMA = "portal";
  private static final String MIGRATIONS = "org/meterbox/portal/schema";

  private final Store store;

  private PageStore(Store store) {
    this.store = store;
  }

  /**
   * Makes the indexes that pages search by, where they are missing.
   *
   * @param store with the data systems' schema up to date
   */
  public static PageStore open(Store store) {
    store.migrate(SCHEMA, MIGRATIONS);
    return new PageStore(store);
  }

  /**
   * Reads in one transaction that can change nothing.
   *
   * @throws StoreException where the store cannot be read, or not within {@link #QUERY_MAX}
   */
  public <T> T read(Transaction<T> work) {
    return store.transact(connection -> {
      try (Statement begin = connection.createStatement()) {
        begin.execute(BEGIN);
      }
      return work.run(connection);
    });
  }
}
