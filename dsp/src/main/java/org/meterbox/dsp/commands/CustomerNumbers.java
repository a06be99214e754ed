// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.catalogue.ServiceRequestCatalogue;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.store.Store;

/**
 * The numbers by which a customer shows to stand before the meter (service request 9.1): the meter
 * displays what the DSP has drawn, and the user who asked gets it with the meter's response. A
 * number is stored before it is used. Safe for use by many threads.
 */
public final class CustomerNumbers {
  /** Numbers have four digits (DUIS, CustomerIdentificationNumber). */
  private static final int BOUND = 10_000;

  private static final String RESERVE =
      """
      INSERT INTO dsp.customer_number AS n (originator, target, counter, digits)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (originator, target, counter) DO UPDATE SET digits = n.digits
      RETURNING digits
      """;
  private static final String FIND =
      """
      SELECT digits FROM dsp.customer_number
      WHERE originator = ? AND target = ? AND counter = ?
      """;

  private final Store store;
  private final SecureRandom random;

  /**
   * The numbers in this store.
   *
   * @param random draws new ones
   */
  public CustomerNumbers(Store store, SecureRandom random) {
    this.store = store;
    this.random = random;
  }

  /** Four ASCII digits: drawn when the request first comes, the same whenever it comes again. */
  Octets of(MessageId request) {
    String drawn = String.format(Locale.ROOT, "%04d", random.nextInt(BOUND));
    String kept =
        store.statement(connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            key(statement, request);
            statement.setString(4, drawn);
            try (ResultSet row = statement.executeQuery()) {
              if (!row.next()) {
                throw new SQLException("a reservation gives the number that is kept");
              }
              return row.getString(1);
            }
          }
        });
    return Octets.of(kept.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The number that was drawn for a request, where its service draws one.
   *
   * @param request the user's Request ID
   */
  public Optional<String> numberOf(MessageId request, ServiceReferenceVariant service) {
    boolean drawsNumber =
        ServiceRequestCatalogue.current()
            .find(service)
            .filter(ServiceRequestEntry::carriesCustomerNumber)
            .isPresent();
    return drawsNumber ? find(request) : Optional.empty();
  }

  private Optional<String> find(MessageId request) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FIND)) {
        key(statement, request);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
      }
    });
  }

  private static void key(PreparedStatement statement, MessageId request) throws SQLException {
    statement.setLong(1, request.originator().value());
    statement.setLong(2, request.target().value());
    statement.setLong(3, request.counter().value());
  }
}
