// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.SmkiSchema;
import org.meterbox.store.Store;

/** Keeps every list in PostgreSQL, schema {@code smki}. */
public final class PostgresRevocationListStore implements RevocationListStore {
  private static final String LATEST =
      """
      SELECT number, this_update, next_update, entries, der FROM smki.revocation_list
      WHERE issuer = ? ORDER BY number DESC LIMIT 1
      """;

  private static final String INSERT =
      """
      INSERT INTO smki.revocation_list (issuer, number, this_update, next_update, entries, der)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;

  private final Store store;

  private PostgresRevocationListStore(Store store) {
    this.store = store;
  }

  /** Brings the schema up to date and opens the lists. */
  public static PostgresRevocationListStore open(Store store) {
    SmkiSchema.migrate(store);
    return new PostgresRevocationListStore(store);
  }

  @Override
  public Optional<SignedRevocationList> latest(DistinguishedName issuer) {
    return store.transact(connection -> {
      try (PreparedStatement query = connection.prepareStatement(LATEST)) {
        query.setString(1, issuer.canonical());
        try (ResultSet row = query.executeQuery()) {
          return row.next() ? Optional.of(read(issuer, row)) : Optional.empty();
        }
      }
    });
  }

  @Override
  public boolean add(SignedRevocationList list) {
    return store.transact(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setString(1, list.issuer().canonical());
        insert.setLong(2, list.number());
        insert.setObject(3, list.thisUpdate().atOffset(ZoneOffset.UTC));
        insert.setObject(4, list.nextUpdate().atOffset(ZoneOffset.UTC));
        insert.setInt(5, list.entries());
        insert.setBytes(6, list.der().toArray());
        return insert.executeUpdate() == 1;
      }
    });
  }

  private static SignedRevocationList read(DistinguishedName issuer, ResultSet row)
      throws SQLException {
    return new SignedRevocationList(
        issuer,
        row.getLong("number"),
        row.getObject("this_update", OffsetDateTime.class).toInstant(),
        row.getObject("next_update", OffsetDateTime.class).toInstant(),
        row.getInt("entries"),
        Octets.of(row.getBytes("der")));
  }
}
