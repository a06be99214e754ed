// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import org.meterbox.store.Store;

/** The database schema of this room. */
public final class SmkiSchema {
  private static final String NAME = "smki";
  private static final String MIGRATIONS = "org/meterbox/smki/schema";

  private SmkiSchema() {}

  /** Brings it to the newest version. */
  public static void migrate(Store store) {
    store.migrate(NAME, MIGRATIONS);
  }
}
