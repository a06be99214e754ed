// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.sql.Connection;
import java.sql.SQLException;

/** A change that is stored in the same transaction as the request or message that causes it. */
@FunctionalInterface
public interface StoredChange {
  /** Runs its statements; commits nothing. */
  void store(Connection connection) throws SQLException;
}
