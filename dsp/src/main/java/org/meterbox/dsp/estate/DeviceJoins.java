// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.store.Store;

/**
 * Which devices hold each other in their device logs, and which changes of a hub's log wait for the
 * hub's report, as far as answers and alerts to the DSP tell. Safe for use by many threads.
 */
public final class DeviceJoins {
  private static final String JOIN =
      """
      INSERT INTO dsp.device_join (device, other, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String UNJOIN = "DELETE FROM dsp.device_join WHERE device = ? AND other = ?";
  private static final String OTHERS =
      "SELECT other FROM dsp.device_join WHERE device = ? ORDER BY other LIMIT ?";
  private static final String AWAIT =
      """
      INSERT INTO dsp.device_log_update (originator, target, counter, device, adds, until)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String FORGET =
      "DELETE FROM dsp.device_log_update WHERE originator = ? AND target = ? AND counter = ?";
  private static final String AWAITED =
      "SELECT originator, target, counter, device, adds, until FROM dsp.device_log_update ";

  private final Store store;

  /** The joins in this store. */
  public DeviceJoins(Store store) {
    this.store = store;
  }

  /**
   * A change of a hub's device log that the hub has not reported yet.
   *
   * @param request the 8.11 request; its target is the hub
   * @param adds whether the device is added, not removed
   */
  public record LogUpdate(MessageId request, Eui64 device, boolean adds, Instant until) {}

  /** The devices in the device log of this one, as far as they are known. */
  public List<Eui64> heldBy(Eui64 device) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(OTHERS)) {
        statement.setLong(1, device.value());
        statement.setInt(2, Inventory.PREMISES_DEVICES_MAX);
        try (ResultSet row = statement.executeQuery()) {
          List<Eui64> found = new ArrayList<>();
          while (row.next()) {
            found.add(new Eui64(row.getLong(1)));
          }
          return found;
        }
      }
    });
  }

  /** The changes that a hub has not reported yet, the oldest first. */
  public List<LogUpdate> awaitedOf(Eui64 hub) {
    return store.statement(connection -> {
      try (PreparedStatement statement =
          connection.prepareStatement(AWAITED + "WHERE target = ? ORDER BY until")) {
        statement.setLong(1, hub.value());
        return updates(statement);
      }
    });
  }

  /** The changes for whose report the time is over. */
  public List<LogUpdate> overdue(Instant now, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement =
          connection.prepareStatement(AWAITED + "WHERE until <= ? ORDER BY until LIMIT ?")) {
        statement.setObject(1, now.atOffset(ZoneOffset.UTC));
        statement.setInt(2, max);
        return updates(statement);
      }
    });
  }

  private static List<LogUpdate> updates(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<LogUpdate> found = new ArrayList<>();
      while (row.next()) {
        found.add(
            new LogUpdate(
                new MessageId(
                    new Eui64(row.getLong(1)),
                    new Eui64(row.getLong(2)),
                    new OriginatorCounter(row.getLong(3))),
                new Eui64(row.getLong(4)),
                row.getBoolean(5),
                row.getObject(6, OffsetDateTime.class).toInstant()));
      }
      return found;
    }
  }

  static StoredChange joining(Eui64 device, Eui64 other, Instant now) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(JOIN)) {
        statement.setLong(1, device.value());
        statement.setLong(2, other.value());
        statement.setObject(3, now.atOffset(ZoneOffset.UTC));
        statement.executeUpdate();
      }
    };
  }

  static StoredChange unjoining(Eui64 device, Eui64 other) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(UNJOIN)) {
        statement.setLong(1, device.value());
        statement.setLong(2, other.value());
        statement.executeUpdate();
      }
    };
  }

  static StoredChange awaiting(LogUpdate update) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(AWAIT)) {
        setId(statement, update.request());
        statement.setLong(4, update.device().value());
        statement.setBoolean(5, update.adds());
        statement.setObject(6, update.until().atOffset(ZoneOffset.UTC));
        statement.executeUpdate();
      }
    };
  }

  static StoredChange forgetting(MessageId request) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
        setId(statement, request);
        statement.executeUpdate();
      }
    };
  }

  private static void setId(PreparedStatement statement, MessageId id) throws SQLException {
    statement.setLong(1, id.originator().value());
    statement.setLong(2, id.target().value());
    statement.setLong(3, id.counter().value());
  }
}
