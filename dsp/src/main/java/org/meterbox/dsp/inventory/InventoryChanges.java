// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.meterbox.dsp.requests.StaleFactsException;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Mpxn;

/**
 * Changes of the Smart Metering Inventory as parts of a transaction. Each of them fails with {@link
 * StaleFactsException} where the device is no longer as it was when the change was decided on, and
 * each is appended to the history of statuses.
 */
public final class InventoryChanges {
  private static final String RESERVE =
      """
      INSERT INTO dsp.device (eui, type, manufacturer, model, notified_by, notified_at)
      VALUES (?, ?, '', '', ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String LOCK = Inventory.BY_ID + " FOR UPDATE OF d";
  private static final String NOTE =
      """
      INSERT INTO dsp.device_status
        (device, at, status, trigger, request_originator, request_target, request_counter)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSTALL = "UPDATE dsp.device SET install_mpxn = ? WHERE eui = ?";
  private static final String ANNOUNCED_NOW = "UPDATE dsp.device SET notified_at = ? WHERE eui = ?";

  private InventoryChanges() {}

  /**
   * When and why a device changes.
   *
   * @param request the request or the command's request that led to it, where one did
   */
  public record Cause(SmiTrigger trigger, Instant at, Optional<MessageId> request) {}

  /**
   * A device is announced.
   *
   * @param by who announced it
   */
  public static StoredChange adding(Device device, Eui64 by, Cause cause) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
        statement.setLong(1, device.id().value());
        statement.setString(2, device.type().name());
        statement.setLong(3, by.value());
        statement.setObject(4, cause.at().atOffset(ZoneOffset.UTC));
        if (statement.executeUpdate() == 0) {
          throw new StaleFactsException("device " + device.id() + " is there already");
        }
      }
      Inventory.store(connection, device);
      note(connection, device, cause);
    };
  }

  /** A device changes. */
  public static StoredChange changing(Device before, Device after, Cause cause) {
    return connection -> {
      lock(connection, before);
      Inventory.store(connection, after);
      if (!before.status().equals(after.status())) {
        note(connection, after, cause);
        announcedAgain(connection, after, cause.at());
      }
    };
  }

  /** Somebody who is sent back to the start has the whole time again. */
  private static void announcedAgain(Connection connection, Device after, Instant at)
      throws SQLException {
    if (after.status().filter(SmiStatus.PENDING::equals).isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ANNOUNCED_NOW)) {
      statement.setObject(1, at.atOffset(ZoneOffset.UTC));
      statement.setLong(2, after.id().value());
      statement.executeUpdate();
    }
  }

  /** A device is removed from the inventory; its history stays. */
  public static StoredChange deleting(Device before, Cause cause) {
    return connection -> {
      lock(connection, before);
      note(connection, before.in(Optional.empty()), cause);
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM dsp.device WHERE eui = ?")) {
        statement.setLong(1, before.id().value());
        statement.executeUpdate();
      }
    };
  }

  /** The installer of a hub names a meter point of the premises. */
  public static StoredChange installing(Eui64 hub, Mpxn at) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(INSTALL)) {
        statement.setString(1, at.value());
        statement.setLong(2, hub.value());
        statement.executeUpdate();
      }
    };
  }

  private static void lock(Connection connection, Device expected) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setLong(1, expected.id().value());
      Optional<Device> found = Inventory.devices(statement).stream().findFirst();
      if (!found.equals(Optional.of(expected))) {
        throw new StaleFactsException("device " + expected.id() + " has changed");
      }
    }
  }

  private static void note(Connection connection, Device device, Cause cause) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
      statement.setLong(1, device.id().value());
      statement.setObject(2, cause.at().atOffset(ZoneOffset.UTC));
      statement.setString(3, device.status().map(SmiStatus::name).orElse(null));
      statement.setString(4, cause.trigger().name());
      Optional<MessageId> request = cause.request();
      statement.setObject(5, request.map(id -> id.originator().value()).orElse(null), Types.BIGINT);
      statement.setObject(6, request.map(id -> id.target().value()).orElse(null), Types.BIGINT);
      statement.setObject(7, request.map(id -> id.counter().value()).orElse(null), Types.BIGINT);
      statement.executeUpdate();
    }
  }
}
