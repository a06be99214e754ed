// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is to happen in one durable transaction: all of it or nothing. May run more than once, when
 * the database asks for a repeat, so it changes nothing but the database.
 *
 * @param <T> what it finds out
 */
@FunctionalInterface
public interface Transaction<T> {
  /** Does the work on a connection that the store commits, rolls back and takes back. */
  T run(Connection connection) throws SQLException;
}
