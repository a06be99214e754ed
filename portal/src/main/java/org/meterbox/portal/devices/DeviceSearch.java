// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.devices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.portal.page.PageStore;
import org.meterbox.portal.page.Rows;

/**
 * Finds devices of the inventory page by page, by the indexes on identifier, hub and meter point. A
 * search for something else looks at so many devices and says where it stopped.
 */
public final class DeviceSearch {
  /** Devices that one search looks at. */
  public static final int LOOKED_AT_MAX = 10_000;

  /** Devices of one home or meter point; the device log of a hub has 16 entries. */
  public static final int HOME_MAX = 100;

  /** Changes of its status that a device's page shows. */
  public static final int HISTORY_MAX = 20;

  /** A device measures a meter point by any of its elements; each has an index. */
  private static final String MEASURES =
      "(d.import_mpxn = ? OR d.secondary_import_mpan = ? OR d.export_mpan = ?)";

  private static final String COLUMNS =
      """
      d.eui, d.type, d.hub, d.status, d.manufacturer, d.model, d.technical_specification,
      d.firmware_version, d.gbcs_version, d.esme_variant, d.import_mpxn, d.secondary_import_mpan,
      d.export_mpan
      """;
  private static final String ONE = "SELECT " + COLUMNS + " FROM dsp.device d WHERE d.eui = ?";

  /** All devices of a home are found by one of them: a meter point has one home. */
  private static final String PREMISES =
      String.format(
          Locale.ROOT,
          """
          SELECT %s FROM dsp.device d WHERE d.hub IN (
            SELECT d.hub FROM dsp.device d WHERE %s AND d.hub IS NOT NULL LIMIT 10)
          ORDER BY d.eui LIMIT ?
          """,
          COLUMNS,
          MEASURES);

  private static final String HISTORY =
      """
      SELECT at, status, trigger, request_originator AS originator, request_target AS target,
        request_counter AS counter
      FROM dsp.device_status WHERE device = ? ORDER BY number DESC LIMIT ?
      """;

  private static final String CREDENTIALS =
      """
      SELECT c.role, c.party, u.name FROM dsp.device_credential c
      LEFT JOIN dsp.dcc_user u ON u.eui = c.party WHERE c.device = ? ORDER BY c.role
      """;

  private final PageStore store;

  /** The devices in this store. */
  public DeviceSearch(PageStore store) {
    this.store = store;
  }

  /**
   * Whose certificates a device holds for a role.
   *
   * @param name how the party is called, where it is a user
   */
  public record Holder(String role, Eui64 party, Optional<String> name) {}

  /** The device with this identifier. */
  public Optional<DeviceSummary> find(Eui64 id) {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(ONE)) {
        Rows.set(query, id);
        return Rows.all(query, DeviceSearch::device).stream().findFirst();
      }
    });
  }

  /** The parties that a device knows. */
  public List<Holder> holders(Eui64 id) {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(CREDENTIALS)) {
        Rows.set(query, id);
        return Rows.all(
            query,
            row ->
                new Holder(
                    role(row.getInt("role")), Rows.eui(row, "party"), Rows.findText(row, "name")));
      }
    });
  }

  /** The latest changes of a device's status, the newest first. */
  public List<StatusChange> history(Eui64 id) {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
        Rows.set(query, id, HISTORY_MAX);
        return Rows.all(
            query,
            row ->
                new StatusChange(
                    Rows.instant(row, "at"),
                    Rows.findText(row, "status"),
                    row.getString("trigger"),
                    Rows.findMessageId(row)));
      }
    });
  }

  private static String role(int code) {
    for (RemotePartyRole role : RemotePartyRole.values()) {
      if (role.code() == code) {
        return words(role.name());
      }
    }
    return "role " + code;
  }

  /** Every device of the premises with this meter point. */
  public List<DeviceSummary> premises(String mpxn) {
    return store.read(connection -> {
      try (PreparedStatement query = connection.prepareStatement(PREMISES)) {
        Rows.set(query, mpxn, mpxn, mpxn, HOME_MAX);
        return Rows.all(query, DeviceSearch::device);
      }
    });
  }

  /**
   * A page.
   *
   * @param after the identifier behind which it begins; empty for the first
   * @param size devices on it at most
   */
  public DeviceList find(DeviceFilter filter, Optional<Eui64> after, int size) {
    return store.read(connection -> find(connection, filter, after, size));
  }

  private static DeviceList find(
      Connection connection, DeviceFilter filter, Optional<Eui64> after, int size)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    StringBuilder indexed = new StringBuilder("true");
    filter
        .mpxn()
        .ifPresent(mpxn -> {
          indexed.append(" AND ").append(MEASURES);
          values.addAll(List.of(mpxn, mpxn, mpxn));
        });
    filter
        .hub()
        .ifPresent(hub -> {
          indexed.append(" AND d.hub = ?");
          values.add(hub);
        });
    after.ifPresent(last -> {
      indexed.append(filter.descending() ? " AND d.eui < ?" : " AND d.eui > ?");
      values.add(last);
    });
    String direction = filter.descending() ? "DESC" : "ASC";
    int lookedAt = filter.selects() ? LOOKED_AT_MAX : size + 1;
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT %s FROM dsp.device d WHERE %s ORDER BY d.eui %s LIMIT %d",
            COLUMNS,
            indexed,
            direction,
            lookedAt);
    if (filter.selects()) {
      sql = selecting(filter, sql, values, direction, size + 1);
    }
    List<DeviceSummary> found;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Rows.set(query, values.toArray());
      found = Rows.all(query, DeviceSearch::device);
    }
    if (found.size() > size) {
      List<DeviceSummary> shown = found.subList(0, size);
      return new DeviceList(shown, Optional.of(shown.getLast().id()), 0);
    }
    Optional<Eui64> stopped =
        filter.selects()
            ? lastLookedAt(connection, indexed, values, filter, direction)
            : Optional.empty();
    return new DeviceList(found, stopped, stopped.isPresent() ? LOOKED_AT_MAX : 0);
  }

  private static String selecting(
      DeviceFilter filter, String sql, List<Object> values, String direction, int size) {
    StringBuilder selected = new StringBuilder("true");
    filter
        .type()
        .ifPresent(type -> {
          selected.append(" AND d.type = ?");
          values.add(type.name());
        });
    filter
        .status()
        .ifPresent(status -> {
          selected.append(" AND d.status = ?");
          values.add(status.name());
        });
    return String.format(
        Locale.ROOT,
        "SELECT d.* FROM (%s) d WHERE %s ORDER BY d.eui %s LIMIT %d",
        sql,
        selected,
        direction,
        size);
  }

  private static Optional<Eui64> lastLookedAt(
      Connection connection,
      CharSequence indexed,
      List<Object> values,
      DeviceFilter filter,
      String direction)
      throws SQLException {
    int selecting = (filter.type().isPresent() ? 1 : 0) + (filter.status().isPresent() ? 1 : 0);
    List<Object> ofIndexed = values.subList(0, values.size() - selecting);
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT d.eui FROM dsp.device d WHERE %s ORDER BY d.eui %s OFFSET %d LIMIT 1",
            indexed,
            direction,
            LOOKED_AT_MAX - 1);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Rows.set(query, ofIndexed.toArray());
      return Rows.all(query, row -> Rows.eui(row, "eui")).stream().findFirst();
    }
  }

  private static DeviceSummary device(ResultSet row) throws SQLException {
    return new DeviceSummary(
        Rows.eui(row, "eui"),
        row.getString("type"),
        Rows.findEui(row, "hub"),
        Rows.findText(row, "status"),
        row.getString("manufacturer"),
        row.getString("model"),
        Rows.findText(row, "technical_specification"),
        Rows.findText(row, "firmware_version"),
        Rows.findText(row, "gbcs_version"),
        Rows.findText(row, "esme_variant"),
        Rows.findText(row, "import_mpxn"),
        Rows.findText(row, "secondary_import_mpan"),
        Rows.findText(row, "export_mpan"));
  }

  /** A constant's name as words. */
  public static String words(String constant) {
    String words = constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
