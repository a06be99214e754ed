// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.inventory.DeviceRows;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;
import org.meterbox.store.Store;

/** Reads, in one statement, all that access control has to know about a device and a user. */
public final class Targets {
  private static final String SELECT =
      "SELECT "
          + DeviceRows.COLUMNS
          + """
          , r.mpxns, r.roles, r.froms, r.untils
          FROM dsp.device d CROSS JOIN LATERAL (
            SELECT array_agg(g.mpxn) AS mpxns, array_agg(g.role) AS roles,
                   array_agg(g.valid_from) AS froms, array_agg(g.valid_until) AS untils
            FROM dsp.registration g
            WHERE g.party = ? AND g.mpxn IN (
              SELECT unnest(ARRAY[
                p.import_mpxn, p.secondary_import_mpan, p.export_mpan, p.install_mpxn])
              FROM dsp.device p
              WHERE p.eui = d.eui
                 OR (p.hub = COALESCE(d.hub, d.eui)
                     AND d.import_mpxn IS NULL AND d.export_mpan IS NULL)
              UNION SELECT n.mpxn
              FROM dsp.device h JOIN dsp.meter_point i ON i.mpxn = h.install_mpxn
                JOIN dsp.meter_point n ON n.uprn = i.uprn
              WHERE d.import_mpxn IS NULL AND d.export_mpan IS NULL
                AND h.eui = COALESCE(d.hub, d.eui))) r
          WHERE d.eui = ?
          """;

  private final Store store;

  /** Reads from this store. */
  public Targets(Store store) {
    this.store = store;
  }

  /** The device, where it is known, with the user's registrations for it. */
  public Optional<Target> find(Eui64 device, Eui64 user) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
        statement.setLong(1, user.value());
        statement.setLong(2, device.value());
        try (ResultSet row = statement.executeQuery()) {
          return row.next()
              ? Optional.of(new Target(DeviceRows.device(row), registrations(row, user)))
              : Optional.empty();
        }
      }
    });
  }

  private static List<Registration> registrations(ResultSet row, Eui64 user) throws SQLException {
    Array first = row.getArray(DeviceRows.COUNT + 1);
    if (first == null) {
      return List.of();
    }
    Object[] mpxns = (Object[]) first.getArray();
    Object[] roles = (Object[]) row.getArray(DeviceRows.COUNT + 2).getArray();
    Object[] froms = (Object[]) row.getArray(DeviceRows.COUNT + 3).getArray();
    Object[] untils = (Object[]) row.getArray(DeviceRows.COUNT + 4).getArray();
    List<Registration> found = new ArrayList<>(mpxns.length);
    for (int i = 0; i < mpxns.length; i++) {
      Optional<Instant> until =
          Optional.ofNullable((Timestamp) untils[i]).map(Timestamp::toInstant);
      found.add(
          new Registration(
              new Mpxn((String) mpxns[i]),
              UserRole.valueOf((String) roles[i]),
              user,
              ((Timestamp) froms[i]).toInstant(),
              until));
    }
    return found;
  }
}
