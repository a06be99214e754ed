// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.store.Store;

/** Finds premises in the Smart Metering Inventory (DUIS 8.2). Safe for use by many threads. */
public final class InventorySearch {
  /** Meter points of one property, or of one post code and address, that are looked at at most. */
  public static final int METER_POINTS_MAX = 100;

  /** What a search asks for. */
  public sealed interface Criterion {
    /** The premises of a device. */
    record ByDevice(Eui64 device) implements Criterion {}

    /** The premises of a meter point. */
    record ByMeterPoint(Mpxn mpxn) implements Criterion {}

    /** The premises with a Unique Property Reference Number. */
    record ByUprn(long uprn) implements Criterion {}

    /** The premises at an address. */
    record ByAddress(String postCode, String addressIdentifier) implements Criterion {}
  }

  private static final String BY_UPRN =
      "SELECT m.mpxn FROM dsp.meter_point m WHERE m.uprn = ? ORDER BY m.mpxn LIMIT ?";
  private static final String BY_ADDRESS =
      """
      SELECT m.mpxn FROM dsp.meter_point m
      WHERE m.post_code_key = ? AND upper(btrim(COALESCE(m.address_identifier, ''))) = ?
      ORDER BY m.mpxn LIMIT ?
      """;

  /** Each branch has an index of its own; one condition with OR would have none. */
  private static final String HEADS =
      """
      SELECT COALESCE(d.hub, d.eui) FROM dsp.device d WHERE d.import_mpxn = ANY(?)
      UNION SELECT COALESCE(d.hub, d.eui) FROM dsp.device d WHERE d.secondary_import_mpan = ANY(?)
      UNION SELECT COALESCE(d.hub, d.eui) FROM dsp.device d WHERE d.export_mpan = ANY(?)
      UNION SELECT d.eui FROM dsp.device d WHERE d.install_mpxn = ANY(?)
      """;

  private static final String HEAD_OF_DEVICE =
      "SELECT COALESCE(d.hub, d.eui) FROM dsp.device d WHERE d.eui = ?";
  private static final String ENTRIES =
      "SELECT "
          + DeviceRows.COLUMNS
          + """
          , d.notified_by,
            (SELECT max(s.at) FROM dsp.device_status s
             WHERE s.device = d.eui AND s.status = 'COMMISSIONED'),
            d.han_variant, d.install_mpxn, m.mpxn, m.uprn, m.post_code, m.address_identifier
          FROM dsp.device d LEFT JOIN LATERAL (
            SELECT p.* FROM dsp.meter_point p WHERE p.mpxn IN (
              SELECT unnest(ARRAY[
                o.import_mpxn, o.secondary_import_mpan, o.export_mpan, o.install_mpxn])
              FROM dsp.device o WHERE o.eui = d.eui OR o.hub = COALESCE(d.hub, d.eui))
            ORDER BY p.mpxn = d.import_mpxn DESC NULLS LAST, p.mpxn LIMIT 1) m ON true
          WHERE d.hub = ANY(?) OR d.eui = ANY(?)
          ORDER BY d.status IN ('DECOMMISSIONED', 'WITHDRAWN') NULLS FIRST, d.type, d.eui LIMIT ?
          """;
  private static final int MORE = DeviceRows.COUNT + 1;

  private final Store store;

  /** Searches this store. */
  public InventorySearch(Store store) {
    this.store = store;
  }

  /**
   * What a search has found.
   *
   * @param premises how many premises, or devices outside of premises, fit
   * @param entries their devices, live ones first; none where they fill more than one answer
   */
  public record Found(int premises, List<InventoryEntry> entries) {
    /** Keeps an unchangeable copy. */
    public Found {
      entries = List.copyOf(entries);
    }
  }

  /** Looks for devices. */
  public Found find(Criterion criterion) {
    return store.statement(connection -> {
      List<Long> heads =
          switch (criterion) {
            case Criterion.ByDevice(Eui64 device) -> headOf(connection, device);
            case Criterion.ByMeterPoint(Mpxn mpxn) -> heads(connection, List.of(mpxn.value()));
            case Criterion.ByUprn(long uprn) -> heads(connection, byUprn(connection, uprn));
            case Criterion.ByAddress address -> heads(connection, byAddress(connection, address));
          };
      return new Found(heads.size(), heads.isEmpty() ? List.of() : entries(connection, heads));
    });
  }

  /** The device alone. */
  public Optional<InventoryEntry> entry(Eui64 device) {
    return find(new Criterion.ByDevice(device)).entries().stream()
        .filter(entry -> entry.device().id().equals(device))
        .findFirst();
  }

  private static List<Long> headOf(Connection connection, Eui64 device) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD_OF_DEVICE)) {
      statement.setLong(1, device.value());
      return longs(statement);
    }
  }

  private static List<Long> heads(Connection connection, List<String> mpxns) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEADS)) {
      for (int i = 1; i <= 4; i++) {
        statement.setArray(i, connection.createArrayOf("text", mpxns.toArray()));
      }
      return longs(statement);
    }
  }

  private static List<String> byUprn(Connection connection, long uprn) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_UPRN)) {
      statement.setLong(1, uprn);
      statement.setInt(2, METER_POINTS_MAX);
      return strings(statement);
    }
  }

  private static List<String> byAddress(Connection connection, Criterion.ByAddress address)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_ADDRESS)) {
      statement.setString(1, postCodeKey(address.postCode()));
      statement.setString(2, address.addressIdentifier().strip().toUpperCase(Locale.ROOT));
      statement.setInt(3, METER_POINTS_MAX);
      return strings(statement);
    }
  }

  /** A post code in capitals without blanks, as it is compared. */
  public static String postCodeKey(String postCode) {
    return postCode.replace(" ", "").toUpperCase(Locale.ROOT);
  }

  private static List<InventoryEntry> entries(Connection connection, List<Long> heads)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ENTRIES)) {
      statement.setArray(1, connection.createArrayOf("bigint", heads.toArray()));
      statement.setArray(2, connection.createArrayOf("bigint", heads.toArray()));
      statement.setInt(3, Inventory.PREMISES_DEVICES_MAX);
      try (ResultSet row = statement.executeQuery()) {
        List<InventoryEntry> found = new ArrayList<>();
        while (row.next()) {
          found.add(entry(row));
        }
        return found;
      }
    }
  }

  private static InventoryEntry entry(ResultSet row) throws SQLException {
    long by = row.getLong(MORE);
    Optional<Eui64> notifiedBy = row.wasNull() ? Optional.empty() : Optional.of(new Eui64(by));
    Optional<LocalDate> commissioned =
        Optional.ofNullable(row.getObject(MORE + 1, OffsetDateTime.class))
            .map(at -> at.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate());
    return new InventoryEntry(
        DeviceRows.device(row),
        notifiedBy,
        commissioned,
        Optional.ofNullable(row.getString(MORE + 2)),
        Optional.ofNullable(row.getString(MORE + 3)).map(Mpxn::new),
        property(row));
  }

  private static Optional<Property> property(ResultSet row) throws SQLException {
    if (row.getString(MORE + 4) == null) {
      return Optional.empty();
    }
    long uprn = row.getLong(MORE + 5);
    Optional<Long> known = row.wasNull() ? Optional.empty() : Optional.of(uprn);
    return Optional.of(
        new Property(
            known,
            Optional.ofNullable(row.getString(MORE + 6)),
            Optional.ofNullable(row.getString(MORE + 7))));
  }

  private static List<Long> longs(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<Long> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getLong(1));
      }
      return found;
    }
  }

  private static List<String> strings(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }
}
