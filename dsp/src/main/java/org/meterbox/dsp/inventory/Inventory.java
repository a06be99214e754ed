// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.store.Store;

/** The Smart Metering Inventory. Safe for use by many threads. */
public final class Inventory {
  /** Devices of one premises at most: what a hub's device log and an answer to 8.2 hold. */
  public static final int PREMISES_DEVICES_MAX = 17;

  static final String BY_ID = "SELECT " + DeviceRows.COLUMNS + " FROM dsp.device d WHERE d.eui = ?";
  private static final String BY_PREMISES =
      "SELECT "
          + DeviceRows.COLUMNS
          + """
           FROM dsp.device d
          WHERE d.hub = (SELECT COALESCE(x.hub, x.eui) FROM dsp.device x WHERE x.eui = ?)
             OR d.eui = ?
          ORDER BY d.type, d.eui LIMIT ?
          """;
  private static final String ID_BY_MPXN =
      """
      SELECT eui FROM dsp.device
      WHERE import_mpxn = ? OR secondary_import_mpan = ? OR export_mpan = ?
      ORDER BY eui LIMIT 1
      """;
  private static final String UPSERT =
      """
      INSERT INTO dsp.device
        (eui, type, hub, status, manufacturer, model, technical_specification, firmware_version,
         gbcs_version, esme_variant, import_mpxn, secondary_import_mpan, export_mpan)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (eui) DO UPDATE SET
        type = excluded.type, hub = excluded.hub, status = excluded.status,
        manufacturer = excluded.manufacturer, model = excluded.model,
        technical_specification = excluded.technical_specification,
        firmware_version = excluded.firmware_version, gbcs_version = excluded.gbcs_version,
        esme_variant = excluded.esme_variant, import_mpxn = excluded.import_mpxn,
        secondary_import_mpan = excluded.secondary_import_mpan, export_mpan = excluded.export_mpan
      """;

  private final Store store;

  /** The inventory in this store. */
  public Inventory(Store store) {
    this.store = store;
  }

  /** The device with this identifier. */
  public Optional<Device> find(Eui64 id) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
        statement.setLong(1, id.value());
        return devices(statement).stream().findFirst();
      }
    });
  }

  /** The device and all others in its premises, at most {@link #PREMISES_DEVICES_MAX}. */
  public List<Device> premisesOf(Eui64 id) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(BY_PREMISES)) {
        statement.setLong(1, id.value());
        statement.setLong(2, id.value());
        statement.setInt(3, PREMISES_DEVICES_MAX);
        return devices(statement);
      }
    });
  }

  /** A device that serves this meter point. */
  public Optional<Eui64> findByMeterPoint(Mpxn mpxn) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(ID_BY_MPXN)) {
        for (int i = 1; i <= 3; i++) {
          statement.setString(i, mpxn.value());
        }
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.of(new Eui64(row.getLong(1))) : Optional.empty();
        }
      }
    });
  }

  /** Makes a device known, or changes what is known about it. */
  public void put(Device device) {
    store.transact(connection -> {
      store(connection, device);
      return device;
    });
  }

  static void store(Connection connection, Device device) throws SQLException {
    upsert(connection, device);
    replaceCredentials(connection, device.id(), device.credentials());
  }

  static List<Device> devices(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<Device> found = new ArrayList<>();
      while (row.next()) {
        found.add(DeviceRows.device(row));
      }
      return found;
    }
  }

  private static void upsert(Connection connection, Device device) throws SQLException {
    DeviceModel model = device.model();
    MeterPoints points = device.meterPoints();
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      statement.setLong(1, device.id().value());
      statement.setString(2, device.type().name());
      statement.setObject(3, device.hub().map(Eui64::value).orElse(null), Types.BIGINT);
      statement.setString(4, device.status().map(SmiStatus::name).orElse(null));
      statement.setString(5, model.manufacturer());
      statement.setString(6, model.model());
      statement.setString(7, model.technicalSpecification().orElse(null));
      statement.setString(8, model.firmwareVersion().orElse(null));
      statement.setString(9, model.gbcsVersion().orElse(null));
      statement.setString(10, model.esmeVariant().orElse(null));
      statement.setString(11, points.imported().map(Mpxn::value).orElse(null));
      statement.setString(12, points.secondaryImported().map(Mpxn::value).orElse(null));
      statement.setString(13, points.exported().map(Mpxn::value).orElse(null));
      statement.executeUpdate();
    }
  }

  private static void replaceCredentials(
      Connection connection, Eui64 device, Map<RemotePartyRole, Eui64> credentials)
      throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM dsp.device_credential WHERE device = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO dsp.device_credential (device, role, party) VALUES (?, ?, ?)")) {
      delete.setLong(1, device.value());
      delete.executeUpdate();
      for (Map.Entry<RemotePartyRole, Eui64> credential : credentials.entrySet()) {
        insert.setLong(1, device.value());
        insert.setInt(2, credential.getKey().code());
        insert.setLong(3, credential.getValue().value());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
