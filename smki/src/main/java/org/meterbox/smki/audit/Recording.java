// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.meterbox.store.Store;

/**
 * Deeds that stand in the audit log: a deed in this store and its entry are one transaction.
 *
 * @param store where deeds and log are
 */
public record Recording(Store store, PostgresAuditLog log) {
  private static final String CUT = " ...";

  /** A deed in the database that may come to nothing. */
  @FunctionalInterface
  public interface Deed<T> {
    /** Does it as part of the transaction. */
    T run(Connection connection) throws SQLException;
  }

  /**
   * Does something and writes it down.
   *
   * @param counts whether the deed came to anything; if not, nothing is written
   */
  public <T> T recorded(
      String actor, AuditAction action, String detail, Deed<T> deed, Predicate<T> counts) {
    return store.transact(connection -> {
      T outcome = deed.run(connection);
      if (counts.test(outcome)) {
        log.append(connection, actor, action, cut(detail));
      }
      return outcome;
    });
  }

  /** Writes down what changed nothing else, such as a refusal. */
  public void note(String actor, AuditAction action, String detail) {
    log.append(actor, action, cut(detail));
  }

  /** A refusal may quote what a stranger sent. */
  private static String cut(String detail) {
    String printable = detail.replaceAll("\\p{Cntrl}", " ");
    return printable.length() <= AuditEntry.DETAIL_LENGTH_MAX
        ? printable
        : printable.substring(0, AuditEntry.DETAIL_LENGTH_MAX - CUT.length()) + CUT;
  }
}
