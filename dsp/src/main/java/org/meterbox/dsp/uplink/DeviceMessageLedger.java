// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.delivery.DeliveryLedger;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.store.Store;

/** The rows of messages that answer no request in flight. Safe for use by many threads. */
public final class DeviceMessageLedger {
  private static final String INSERT =
      """
      INSERT INTO dsp.device_message (device, digest, received, disposition, octets)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;

  private final Store store;

  /** The messages in this store. */
  public DeviceMessageLedger(Store store) {
    this.store = store;
  }

  /** A message as it came. */
  record Received(Eui64 device, Octets octets, Octets digest, Instant at) {}

  /** Keeps a message; false where it is kept already. */
  boolean keep(Received message, MessageDisposition disposition) {
    return store.statement(connection -> insert(connection, message, disposition));
  }

  /**
   * Keeps a message with what it changes and what users are told of it; empty where it is kept
   * already.
   */
  Optional<List<Pending>> keep(
      Received message,
      MessageDisposition disposition,
      List<Notice> notices,
      List<StoredChange> changes) {
    return store.transact(connection -> {
      if (!insert(connection, message, disposition)) {
        return Optional.empty();
      }
      for (StoredChange change : changes) {
        change.store(connection);
      }
      List<Pending> pending = new ArrayList<>();
      for (Notice notice : notices) {
        pending.add(DeliveryLedger.insert(connection, notice));
      }
      return Optional.of(pending);
    });
  }

  private static boolean insert(
      Connection connection, Received message, MessageDisposition disposition) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setLong(1, message.device().value());
      statement.setBytes(2, message.digest().toArray());
      statement.setObject(3, message.at().atOffset(ZoneOffset.UTC));
      statement.setString(4, disposition.name());
      statement.setBytes(5, message.octets().toArray());
      return statement.executeUpdate() == 1;
    }
  }
}
