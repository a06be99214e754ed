// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.registration;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;
import org.meterbox.store.Store;

/** The registration data that the registration data providers have sent. */
public final class RegistrationData {
  /** Registrations of one meter point that are read at most: a long history of a busy one. */
  public static final int REGISTRATIONS_MAX = 1000;

  static final String UPSERT =
      """
      INSERT INTO dsp.registration (mpxn, role, party, valid_from, valid_until)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (mpxn, role, party, valid_from) DO UPDATE SET valid_until = excluded.valid_until
      """;
  private static final String BY_MPXN =
      """
      SELECT mpxn, role, party, valid_from, valid_until FROM dsp.registration
      WHERE mpxn = ? ORDER BY valid_from, role LIMIT ?
      """;

  private static final String AT_PREMISES =
      """
      SELECT mpxn, role, party, valid_from, valid_until FROM dsp.registration
      WHERE mpxn IN (
        SELECT unnest(ARRAY[
          p.import_mpxn, p.secondary_import_mpan, p.export_mpan, p.install_mpxn])
        FROM dsp.device p JOIN dsp.device x ON p.hub = COALESCE(x.hub, x.eui) OR p.eui = x.eui
        WHERE x.eui = ?
        UNION SELECT n.mpxn
        FROM dsp.device x JOIN dsp.device h ON h.eui = COALESCE(x.hub, x.eui)
          JOIN dsp.meter_point i ON i.mpxn = h.install_mpxn
          JOIN dsp.meter_point n ON n.uprn = i.uprn
        WHERE x.eui = ?)
      ORDER BY valid_from, role LIMIT ?
      """;

  private final Store store;

  /** The registration data in this store. */
  public RegistrationData(Store store) {
    this.store = store;
  }

  /** Takes in a registration, or another end of a known one. */
  public void put(Registration registration) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
        set(statement, registration);
        return statement.executeUpdate();
      }
    });
  }

  static void set(PreparedStatement statement, Registration registration) throws SQLException {
    statement.setString(1, registration.mpxn().value());
    statement.setString(2, registration.role().name());
    statement.setLong(3, registration.party().value());
    statement.setObject(4, registration.from().atOffset(ZoneOffset.UTC));
    statement.setObject(
        5, registration.until().map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null));
  }

  /** Every registration of a meter point, oldest first, at most {@link #REGISTRATIONS_MAX}. */
  public List<Registration> of(Mpxn mpxn) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(BY_MPXN)) {
        statement.setString(1, mpxn.value());
        statement.setInt(2, REGISTRATIONS_MAX);
        try (ResultSet row = statement.executeQuery()) {
          List<Registration> found = new ArrayList<>();
          while (row.next()) {
            found.add(registration(row));
          }
          return found;
        }
      }
    });
  }

  /**
   * Every registration of the meter points at a device's premises, oldest first, at most {@link
   * #REGISTRATIONS_MAX}.
   */
  public List<Registration> atPremisesOf(Eui64 device) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(AT_PREMISES)) {
        statement.setLong(1, device.value());
        statement.setLong(2, device.value());
        statement.setInt(3, REGISTRATIONS_MAX);
        try (ResultSet row = statement.executeQuery()) {
          List<Registration> found = new ArrayList<>();
          while (row.next()) {
            found.add(registration(row));
          }
          return found;
        }
      }
    });
  }

  private static Registration registration(ResultSet row) throws SQLException {
    return new Registration(
        new Mpxn(row.getString(1)),
        UserRole.valueOf(row.getString(2)),
        new Eui64(row.getLong(3)),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject(5, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
  }
}
