// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.EuiRange;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.DistinguishedName;

/**
 * Registrations in PostgreSQL, schema {@code smki}; each call is part of its caller's transaction.
 */
final class RegistrationStore {
  private static final String SELECT =
      "SELECT eui, name, roles, organisation_ranges, device_ranges, standing"
          + " FROM smki.organisation ";

  private static final String INSERT =
      """
      INSERT INTO smki.organisation
        (name, roles, organisation_ranges, device_ranges, standing, eui)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE smki.organisation
      SET name = ?, roles = ?, organisation_ranges = ?, device_ranges = ?, standing = ?
      WHERE eui = ?
      """;

  private static final String UPSERT_OFFICER =
      """
      INSERT INTO smki.officer
        (organisation, number, name, duty, progress, nominated_by,
         credential_issuer, credential_serial)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (organisation, number) DO UPDATE
      SET progress = excluded.progress, credential_issuer = excluded.credential_issuer,
          credential_serial = excluded.credential_serial
      """;

  private RegistrationStore() {}

  /** Reads one registration and, on wish, keeps others from changing it until the end. */
  static Optional<Registration> find(Connection connection, Eui64 eui, boolean toChange)
      throws SQLException {
    String sql = SELECT + "WHERE eui = ?" + (toChange ? " FOR UPDATE" : "");
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, eui.value());
      return read(connection, query).stream().findFirst();
    }
  }

  /** The registration whose officer holds this credential. */
  static Optional<Registration> findByCredential(Connection connection, CertificateId credential)
      throws SQLException {
    String sql =
        SELECT
            + "WHERE eui = (SELECT organisation FROM smki.officer"
            + " WHERE credential_serial = ? AND credential_issuer = ?)";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setBytes(1, credential.serial().toByteArray());
      query.setString(2, credential.issuer().canonical());
      return read(connection, query).stream().findFirst();
    }
  }

  /** Registrations in order of their names. */
  static List<Registration> list(Connection connection, int registrationsMax) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(SELECT + "ORDER BY name, eui LIMIT ?")) {
      query.setInt(1, registrationsMax);
      return read(connection, query);
    }
  }

  /** Adds a registration; false where the identifier is taken. */
  static boolean add(Connection connection, Registration added) throws SQLException {
    return write(connection, INSERT, added);
  }

  /** Replaces a registration. */
  static void replace(Connection connection, Registration changed) throws SQLException {
    write(connection, UPDATE, changed);
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT_OFFICER)) {
      for (Officer officer : changed.officers()) {
        upsert.setLong(1, changed.eui().value());
        upsert.setInt(2, officer.number());
        upsert.setString(3, officer.name());
        upsert.setString(4, officer.duty().name());
        upsert.setString(5, officer.progress().name());
        upsert.setString(6, officer.nominatedBy());
        upsert.setString(7, officer.credential().map(id -> id.issuer().canonical()).orElse(null));
        upsert.setBytes(8, officer.credential().map(id -> id.serial().toByteArray()).orElse(null));
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static boolean write(Connection connection, String sql, Registration written)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, written.name());
      statement.setArray(
          2,
          connection.createArrayOf(
              "smallint", written.roles().stream().map(RemotePartyRole::code).toArray()));
      statement.setArray(3, ranges(connection, written.organisations()));
      statement.setArray(4, ranges(connection, written.devices()));
      statement.setString(5, written.standing().name());
      statement.setLong(6, written.eui().value());
      return statement.executeUpdate() == 1;
    }
  }

  private static List<Registration> read(Connection connection, PreparedStatement query)
      throws SQLException {
    List<Registration> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Eui64 eui = new Eui64(row.getLong("eui"));
        found.add(
            new Registration(
                eui,
                row.getString("name"),
                roles(row.getArray("roles")),
                ranges(row.getArray("organisation_ranges")),
                ranges(row.getArray("device_ranges")),
                Standing.valueOf(row.getString("standing")),
                officers(connection, eui)));
      }
    }
    return List.copyOf(found);
  }

  private static List<Officer> officers(Connection connection, Eui64 organisation)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM smki.officer WHERE organisation = ? ORDER BY number")) {
      query.setLong(1, organisation.value());
      List<Officer> officers = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          officers.add(
              new Officer(
                  row.getInt("number"),
                  row.getString("name"),
                  Officer.Duty.valueOf(row.getString("duty")),
                  Officer.Progress.valueOf(row.getString("progress")),
                  row.getString("nominated_by"),
                  credential(row)));
        }
      }
      return officers;
    }
  }

  private static Optional<CertificateId> credential(ResultSet row) throws SQLException {
    byte[] serial = row.getBytes("credential_serial");
    return serial == null
        ? Optional.empty()
        : Optional.of(
            new CertificateId(
                DistinguishedName.parse(row.getString("credential_issuer")),
                new BigInteger(serial)));
  }

  private static Array ranges(Connection connection, List<EuiRange> ranges) throws SQLException {
    return connection.createArrayOf(
        "bigint",
        ranges.stream()
            .flatMap(range -> Stream.of(range.first().value(), range.last().value()))
            .toArray());
  }

  private static List<EuiRange> ranges(Array array) throws SQLException {
    Long[] ends = (Long[]) array.getArray();
    List<EuiRange> ranges = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      ranges.add(new EuiRange(new Eui64(ends[i]), new Eui64(ends[i + 1])));
    }
    return ranges;
  }

  private static Set<RemotePartyRole> roles(Array array) throws SQLException {
    return Stream.of((Short[]) array.getArray())
        .map(code -> RemotePartyRole.ofCode(code).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
  }
}
