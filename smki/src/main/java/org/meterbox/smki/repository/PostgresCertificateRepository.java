// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateContents;
import org.meterbox.smki.profile.CertificateDer;
import org.meterbox.store.Store;

/**
 * The repository in PostgreSQL, schema {@code smki}. Safe for threads and for several processes.
 */
public final class PostgresCertificateRepository implements CertificateRepository {
  private static final String COLUMNS = "SELECT der, top_up, status FROM smki.certificate WHERE ";
  private static final String NEWEST_FIRST =
      " ORDER BY not_before DESC, added DESC LIMIT " + RESULTS_MAX;

  private static final String INSERT =
      """
      INSERT INTO smki.certificate
        (serial, issuer, subject, kind, role, key_use, top_up, status,
         not_before, not_after, key_identifier, key_hash, key_was_fresh, der)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String HOLDS_KEY =
      """
      SELECT EXISTS (SELECT FROM smki.certificate WHERE key_hash = ? AND key_was_fresh)
          OR EXISTS (SELECT FROM smki.certificate WHERE key_hash = ? AND NOT key_was_fresh)
      """;

  /** One statement: the row asked for comes into use, its predecessors go out of it. */
  private static final String PUT_INTO_USE =
      """
      UPDATE smki.certificate AS other
      SET status = CASE WHEN other.serial = wanted.serial AND other.issuer = wanted.issuer
                        THEN 'I' ELSE 'N' END
      FROM smki.certificate AS wanted
      WHERE wanted.serial = ? AND wanted.issuer = ? AND wanted.kind = 'DEVICE'
        AND wanted.status <> 'R'
        AND other.kind = 'DEVICE' AND other.subject = wanted.subject
        AND other.key_use = wanted.key_use
        AND (other.status = 'I' OR (other.serial = wanted.serial AND other.issuer = wanted.issuer))
      """;

  private static final String REVOKE =
      """
      UPDATE smki.certificate SET status = 'R', revoked_at = ?, revocation_reason = ?
      WHERE serial = ? AND issuer = ? AND status <> 'R'
      """;

  private static final String FIRST_SEAT =
      """
      INSERT INTO smki.seat
      SELECT ?, count(*) FROM smki.certificate WHERE issuer = ? AND kind = 'DEVICE'
      ON CONFLICT DO NOTHING
      """;

  private static final String TAKE_SEATS =
      """
      WITH before AS (SELECT taken FROM smki.seat WHERE issuer = ? FOR UPDATE)
      UPDATE smki.seat SET taken = greatest(before.taken, least(before.taken + ?, ?))
      FROM before WHERE issuer = ? RETURNING seat.taken - before.taken
      """;

  private static final String REVOKED =
      "SELECT serial, revoked_at, revocation_reason FROM smki.certificate WHERE status = 'R' ";

  /** Held by the one process that opens an authority. */
  private static final long AUTHORITIES_LOCK = 0x534D4B494F50454EL;

  private final Store store;

  private PostgresCertificateRepository(Store store) {
    this.store = store;
  }

  /** Brings the schema up to date and opens the repository. */
  public static PostgresCertificateRepository open(Store store) {
    SmkiSchema.migrate(store);
    return new PostgresCertificateRepository(store);
  }

  @Override
  public Addition add(CertificateRecord added) {
    return store.transact(connection -> add(connection, added, false));
  }

  @Override
  public Addition addWithFreshKey(CertificateRecord added) {
    return store.transact(connection -> add(connection, added, true));
  }

  /** {@link #addWithFreshKey(CertificateRecord)} as part of its caller's transaction. */
  public static Addition addWithFreshKey(Connection connection, CertificateRecord added)
      throws SQLException {
    return add(connection, added, true);
  }

  /**
   * Takes in many devices' certificates with fresh keys as part of its caller's transaction. They
   * are in use, or pending where the device has one in use for the same purpose.
   *
   * @return which of them are in the repository now, place by place; the keys of all others were
   *     certified before
   */
  public static List<Boolean> addAllWithFreshKeys(
      Connection connection, List<FreshCertificate> added) throws SQLException {
    return added.isEmpty() ? List.of() : CertificateBulk.insert(connection, added);
  }

  @Override
  public Optional<CertificateRecord> find(CertificateId id) {
    List<CertificateRecord> found =
        select(
            COLUMNS + "serial = ? AND issuer = ?",
            List.of(id.serial().toByteArray(), id.issuer().canonical()));
    return found.stream().findFirst();
  }

  @Override
  public List<CertificateRecord> findBySerial(BigInteger serial) {
    return select(COLUMNS + "serial = ?" + NEWEST_FIRST, List.of(serial.toByteArray()));
  }

  @Override
  public List<CertificateRecord> findByKeyIdentifier(Octets keyIdentifier) {
    return select(COLUMNS + "key_identifier = ?" + NEWEST_FIRST, List.of(keyIdentifier.toArray()));
  }

  @Override
  public List<CertificateRecord> search(CertificateSearch search) {
    StringBuilder conditions = new StringBuilder("status = ANY (string_to_array(?, ','))");
    List<Object> values = new ArrayList<>();
    values.add(
        String.join(",", search.statuses().stream().map(status -> "" + status.letter()).toList()));
    search.subject().ifPresent(eui -> require(conditions, values, "subject", eui.value()));
    search.kind().ifPresent(kind -> require(conditions, values, "kind", kind.name()));
    search.role().ifPresent(role -> require(conditions, values, "role", role.code()));
    search.use().ifPresent(use -> require(conditions, values, "key_use", use.code()));
    search.cellUsage().ifPresent(usage -> require(conditions, values, "top_up", isTopUp(usage)));
    return select(COLUMNS + conditions + NEWEST_FIRST, values);
  }

  @Override
  public long countIssuedBy(DistinguishedName issuer) {
    return store.transact(connection -> {
      try (PreparedStatement count =
          connection.prepareStatement("SELECT count(*) FROM smki.certificate WHERE issuer = ?")) {
        count.setString(1, issuer.canonical());
        try (ResultSet row = count.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    });
  }

  /**
   * {@inheritDoc}
   *
   * <p>The seats are taken for all processes. Nothing waits for the disk here: a certificate that
   * is durable later was written behind them, so they are durable then too.
   */
  @Override
  public int takeSeats(DistinguishedName issuer, int wanted, int seatsMax) {
    return store.transact(connection -> {
      try (Statement later = connection.createStatement()) {
        later.execute("SET LOCAL synchronous_commit = off");
      }
      OptionalInt taken = takeSeats(connection, issuer, wanted, seatsMax);
      if (taken.isPresent()) {
        return taken.getAsInt();
      }
      try (PreparedStatement first = connection.prepareStatement(FIRST_SEAT)) {
        first.setString(1, issuer.canonical());
        first.setString(2, issuer.canonical());
        first.executeUpdate();
      }
      return takeSeats(connection, issuer, wanted, seatsMax).orElseThrow();
    });
  }

  private static OptionalInt takeSeats(
      Connection connection, DistinguishedName issuer, int wanted, int seatsMax)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_SEATS)) {
      take.setString(1, issuer.canonical());
      take.setInt(2, wanted);
      take.setInt(3, seatsMax);
      take.setString(4, issuer.canonical());
      try (ResultSet row = take.executeQuery()) {
        return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  @Override
  public void returnSeats(DistinguishedName issuer, int seats) {
    store.transact(connection -> {
      returnSeats(connection, issuer, seats);
      return seats;
    });
  }

  /** {@link #returnSeats(DistinguishedName, int)} as part of its caller's transaction. */
  public static void returnSeats(Connection connection, DistinguishedName issuer, int seats)
      throws SQLException {
    try (PreparedStatement back =
        connection.prepareStatement("UPDATE smki.seat SET taken = taken - ? WHERE issuer = ?")) {
      back.setInt(1, seats);
      back.setString(2, issuer.canonical());
      back.executeUpdate();
    }
  }

  @Override
  public <T> T alone(Supplier<T> work) {
    return store.transact(connection -> {
      try (Statement lock = connection.createStatement()) {
        lock.execute("SELECT pg_advisory_xact_lock(" + AUTHORITIES_LOCK + ")");
      }
      return work.get();
    });
  }

  @Override
  public boolean holdsKey(PublicKeyHash key) {
    return store.statement(connection -> holdsKey(connection, key));
  }

  @Override
  public boolean changeStatus(CertificateId id, CertificateStatus status) {
    CertificateStatus.requireChangeable(status);
    return store.transact(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE smki.certificate SET status = ?"
                  + " WHERE serial = ? AND issuer = ? AND status <> 'R'")) {
        update.setString(1, String.valueOf(status.letter()));
        update.setBytes(2, id.serial().toByteArray());
        update.setString(3, id.issuer().canonical());
        return update.executeUpdate() == 1;
      }
    });
  }

  @Override
  public boolean putIntoUse(CertificateId id) {
    return store.transact(connection -> {
      try (PreparedStatement update = connection.prepareStatement(PUT_INTO_USE)) {
        update.setBytes(1, id.serial().toByteArray());
        update.setString(2, id.issuer().canonical());
        return update.executeUpdate() > 0;
      }
    });
  }

  @Override
  public boolean revoke(CertificateId id, Revocation revocation) {
    return store.transact(connection -> revoke(connection, id, revocation));
  }

  /** {@link #revoke(CertificateId, Revocation)} as part of its caller's transaction. */
  public static boolean revoke(Connection connection, CertificateId id, Revocation revocation)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REVOKE)) {
      update.setObject(1, revocation.at().atOffset(ZoneOffset.UTC));
      update.setInt(2, revocation.reason().code());
      update.setBytes(3, id.serial().toByteArray());
      update.setString(4, id.issuer().canonical());
      return update.executeUpdate() == 1;
    }
  }

  @Override
  public Optional<Revocation> revocationOf(CertificateId id) {
    return revoked(
            REVOKED + "AND issuer = ? AND serial = ?",
            List.of(id.issuer().canonical(), id.serial().toByteArray()))
        .stream()
        .findFirst()
        .map(RevokedCertificate::revocation);
  }

  @Override
  public List<RevokedCertificate> revokedBy(DistinguishedName issuer) {
    return revoked(
        REVOKED + "AND issuer = ? ORDER BY revoked_at, added", List.of(issuer.canonical()));
  }

  @Override
  public List<CertificateRecord> endingBetween(Instant after, Instant until) {
    return select(
        COLUMNS
            + "status IN ('P', 'I') AND not_after > ? AND not_after <= ?"
            + " AND not_after < '9999-01-01Z' ORDER BY not_after, added LIMIT "
            + RESULTS_MAX,
        List.of(after.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC)));
  }

  private List<RevokedCertificate> revoked(String sql, List<?> values) {
    return query(
        sql,
        values,
        row -> {
          Instant at = row.getObject("revoked_at", OffsetDateTime.class).toInstant();
          Revocation.Reason reason =
              Revocation.Reason.ofCode(row.getInt("revocation_reason")).orElseThrow();
          return new RevokedCertificate(
              new BigInteger(row.getBytes("serial")), new Revocation(at, reason));
        });
  }

  private static Addition add(Connection connection, CertificateRecord added, boolean fresh)
      throws SQLException {
    CertificateStatus.requireChangeable(added.status());
    PublicKeyHash key = PublicKeyHash.of(added.certificate().getPublicKey());
    if (fresh && holdsKey(connection, key)) {
      return Addition.KEY_USED_BEFORE;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, added, key, fresh);
      if (insert.executeUpdate() == 1) {
        return Addition.ADDED;
      }
    }
    Optional<Octets> present = der(connection, added.id());
    if (present.isEmpty()) {
      // The conflict was not about the name: another process certified the key meanwhile.
      return Addition.KEY_USED_BEFORE;
    }
    return present.get().equals(added.der())
        ? Addition.ALREADY_PRESENT
        : Addition.OTHER_WITH_SAME_ID;
  }

  private static void bind(
      PreparedStatement insert, CertificateRecord added, PublicKeyHash key, boolean fresh)
      throws SQLException {
    CertificateId id = added.id();
    insert.setBytes(1, id.serial().toByteArray());
    insert.setString(2, id.issuer().canonical());
    insert.setObject(3, added.subject().map(eui -> (Object) eui.value()).orElse(null));
    insert.setString(4, added.kind().name());
    insert.setObject(5, added.role().map(role -> (Object) role.code()).orElse(null));
    insert.setString(6, added.use().code());
    insert.setBoolean(7, isTopUp(added.cellUsage()));
    insert.setString(8, String.valueOf(added.status().letter()));
    insert.setObject(9, added.notBefore().atOffset(ZoneOffset.UTC));
    insert.setObject(10, added.notAfter().atOffset(ZoneOffset.UTC));
    insert.setBytes(11, added.keyIdentifier().toArray());
    insert.setBytes(12, key.octets().toArray());
    insert.setBoolean(13, fresh);
    insert.setBytes(14, added.der().toArray());
  }

  /** {@link #holdsKey(PublicKeyHash)} as part of its caller's transaction. */
  public static boolean holdsKey(Connection connection, PublicKeyHash key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HOLDS_KEY)) {
      query.setBytes(1, key.octets().toArray());
      query.setBytes(2, key.octets().toArray());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static Optional<Octets> der(Connection connection, CertificateId id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT der FROM smki.certificate WHERE serial = ? AND issuer = ?")) {
      query.setBytes(1, id.serial().toByteArray());
      query.setString(2, id.issuer().canonical());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(Octets.of(row.getBytes(1))) : Optional.empty();
      }
    }
  }

  private List<CertificateRecord> select(String sql, List<?> values) {
    return query(sql, values, PostgresCertificateRepository::record);
  }

  /** Reads one row of an answer. */
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, List<?> values, RowReader<T> reader) {
    return store.statement(connection -> {
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.size(); i++) {
          query.setObject(i + 1, values.get(i));
        }
        List<T> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            found.add(reader.read(rows));
          }
        }
        return List.copyOf(found);
      }
    });
  }

  /** Reads a row that has the columns {@code der}, {@code top_up} and {@code status}. */
  public static CertificateRecord record(ResultSet row) throws SQLException {
    try {
      var certificate = CertificateDer.decode(Octets.of(row.getBytes("der")));
      return new CertificateRecord(
          certificate,
          CertificateContents.read(certificate),
          row.getBoolean("top_up") ? CellUsage.PREPAYMENT_TOP_UP : CellUsage.MANAGEMENT,
          CertificateStatus.ofLetter(row.getString("status").charAt(0)).orElseThrow());
    } catch (DecodeException e) {
      throw new IllegalStateException("the repository holds octets that are no certificate", e);
    }
  }

  private static boolean isTopUp(CellUsage usage) {
    return usage == CellUsage.PREPAYMENT_TOP_UP;
  }

  private static void require(
      StringBuilder conditions, List<Object> values, String column, Object value) {
    conditions.append(" AND ").append(column).append(" = ?");
    values.add(value);
  }
}
