// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store cannot be opened, reached or used. The message is for the operator: it says what is
 * wrong and what to do, and never holds a password.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The database's SQLSTATE, where the database refused a statement. */
  public Optional<String> sqlState() {
    return getCause() instanceof SQLException refused ? stateOf(refused) : Optional.empty();
  }

  private static Optional<String> stateOf(SQLException refused) {
    @Nullable String state = refused.getSQLState();
    return Optional.ofNullable(state);
  }
}
