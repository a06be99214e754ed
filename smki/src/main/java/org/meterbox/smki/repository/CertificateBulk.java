// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CellUsage;

/** Many certificates in one statement: columns travel as arrays. */
final class CertificateBulk {
  private static final String INSERT =
      """
      INSERT INTO smki.certificate
        (serial, issuer, subject, kind, role, key_use, top_up, status,
         not_before, not_after, key_identifier, key_hash, key_was_fresh, der)
      SELECT fresh.serial, fresh.issuer, fresh.subject, fresh.kind, fresh.role, fresh.key_use,
             fresh.top_up,
             CASE WHEN fresh.kind = 'DEVICE' AND fresh.status = 'I' AND EXISTS (
                         SELECT FROM smki.certificate AS present
                         WHERE present.subject = fresh.subject AND present.kind = 'DEVICE'
                           AND present.key_use = fresh.key_use AND present.status = 'I')
                  THEN 'P' ELSE fresh.status END,
             fresh.not_before, fresh.not_after, fresh.key_identifier, fresh.key_hash, true,
             fresh.der
      FROM unnest(?::bytea[], ?::text[], ?::bigint[], ?::text[], ?::smallint[], ?::text[],
                  ?::boolean[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::bytea[],
                  ?::bytea[], ?::bytea[]) WITH ORDINALITY
        AS fresh (serial, issuer, subject, kind, role, key_use, top_up, status,
                  not_before, not_after, key_identifier, key_hash, der, place)
      WHERE NOT EXISTS (SELECT FROM smki.certificate AS present
                        WHERE present.key_hash = fresh.key_hash AND NOT present.key_was_fresh)
      ORDER BY fresh.place -- of two with one key the first one counts
      ON CONFLICT DO NOTHING
      RETURNING serial, issuer
      """;

  private CertificateBulk() {}

  static Set<CertificateId> insert(Connection connection, List<CertificateRecord> records)
      throws SQLException {
    records.forEach(record -> CertificateStatus.requireChangeable(record.status()));
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Columns columns = new Columns(insert, records);
      columns.addOctets(record -> record.id().serial().toByteArray());
      columns.add("text", record -> record.id().issuer().canonical());
      columns.addNullable("bigint", record -> record.subject().map(Eui64::value));
      columns.add("text", record -> record.kind().name());
      columns.addNullable("smallint", record -> record.role().map(RemotePartyRole::code));
      columns.add("text", record -> record.use().code());
      columns.add("boolean", record -> record.cellUsage() == CellUsage.PREPAYMENT_TOP_UP);
      columns.add("text", record -> String.valueOf(record.status().letter()));
      columns.add("timestamptz", record -> record.notBefore().atOffset(ZoneOffset.UTC).toString());
      columns.add("timestamptz", record -> record.notAfter().atOffset(ZoneOffset.UTC).toString());
      columns.addOctets(record -> record.keyIdentifier().toArray());
      columns.addOctets(
          record -> PublicKeyHash.of(record.certificate().getPublicKey()).octets().toArray());
      columns.addOctets(record -> record.der().toArray());
      Set<CertificateId> added = new HashSet<>();
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          added.add(
              new CertificateId(
                  DistinguishedName.parse(row.getString(2)), new BigInteger(row.getBytes(1))));
        }
      }
      return added;
    }
  }

  /** Binds one array after the other. */
  private static final class Columns {
    private final PreparedStatement insert;
    private final List<CertificateRecord> records;
    private int bound;

    Columns(PreparedStatement insert, List<CertificateRecord> records) {
      this.insert = insert;
      this.records = records;
    }

    void add(String type, Function<CertificateRecord, Object> column) throws SQLException {
      bind(type, records.stream().map(column).toArray());
    }

    void addOctets(Function<CertificateRecord, byte[]> column) throws SQLException {
      bind("bytea", records.stream().map(column).toArray(byte[][]::new));
    }

    void addNullable(String type, Function<CertificateRecord, Optional<? extends Object>> column)
        throws SQLException {
      Object[] values = new Object[records.size()];
      for (int i = 0; i < values.length; i++) {
        Optional<? extends Object> value = column.apply(records.get(i));
        if (value.isPresent()) {
          values[i] = value.get();
        }
      }
      bind(type, values);
    }

    private void bind(String type, Object[] values) throws SQLException {
      insert.setArray(++bound, insert.getConnection().createArrayOf(type, values));
    }
  }
}
