// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.RemotePartyRole;

/** How a device stands in a row of a query. */
public final class DeviceRows {
  /** What a query selects from {@code dsp.device d} for {@link #device}, in this order. */
  public static final String COLUMNS =
      """
      d.eui, d.type, d.hub, d.status, d.manufacturer, d.model, d.technical_specification,
      d.firmware_version, d.gbcs_version, d.esme_variant, d.import_mpxn, d.secondary_import_mpan,
      d.export_mpan,
      ARRAY(SELECT c.role FROM dsp.device_credential c WHERE c.device = d.eui ORDER BY c.role),
      ARRAY(SELECT c.party FROM dsp.device_credential c WHERE c.device = d.eui ORDER BY c.role)
      """;

  /** Number of columns in {@link #COLUMNS}. */
  public static final int COUNT = 15;

  private DeviceRows() {}

  /** The device in this row. */
  public static Device device(ResultSet row) throws SQLException {
    long hub = row.getLong(3);
    Optional<Eui64> hubOrNone = row.wasNull() ? Optional.empty() : Optional.of(new Eui64(hub));
    return new Device(
        new Eui64(row.getLong(1)),
        DeviceType.valueOf(row.getString(2)),
        hubOrNone,
        Optional.ofNullable(row.getString(4)).map(SmiStatus::valueOf),
        new DeviceModel(
            row.getString(5),
            row.getString(6),
            Optional.ofNullable(row.getString(7)),
            Optional.ofNullable(row.getString(8)),
            Optional.ofNullable(row.getString(9)),
            Optional.ofNullable(row.getString(10))),
        new MeterPoints(
            Optional.ofNullable(row.getString(11)).map(Mpxn::new),
            Optional.ofNullable(row.getString(12)).map(Mpxn::new),
            Optional.ofNullable(row.getString(13)).map(Mpxn::new)),
        credentials(row.getArray(14), row.getArray(15)));
  }

  private static Map<RemotePartyRole, Eui64> credentials(Array roles, Array parties)
      throws SQLException {
    Object[] codes = (Object[]) roles.getArray();
    Object[] euis = (Object[]) parties.getArray();
    Map<RemotePartyRole, Eui64> credentials = new EnumMap<>(RemotePartyRole.class);
    for (int i = 0; i < codes.length; i++) {
      Eui64 party = new Eui64((Long) euis[i]);
      RemotePartyRole.ofCode(((Number) codes[i]).intValue())
          .ifPresent(role -> credentials.put(role, party));
    }
    return credentials;
  }
}
