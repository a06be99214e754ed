// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.store.BulkCopy;

/**
 * Many devices' certificates at once: two questions for all of them, what keys are known and what
 * devices have a certificate in use, then one copy.
 */
final class CertificateBulk {
  /** Other processes that certify one of the same keys at the same moment, before it is a fault. */
  private static final int ATTEMPTS_MAX = 10;

  private static final String UNIQUE_VIOLATION = "23505";

  /**
   * The table may have grown from nothing since the planner last looked: what it takes for a small
   * table, read as a whole for each chunk, would make a batch's time grow with its square.
   */
  private static final String PLAN = "SET LOCAL enable_seqscan = off";

  private static final String KNOWN_KEYS =
      """
      SELECT key_hash FROM smki.certificate WHERE key_hash = ANY (?) AND key_was_fresh
      UNION ALL
      SELECT key_hash FROM smki.certificate WHERE key_hash = ANY (?) AND NOT key_was_fresh
      """;

  private static final String IN_USE =
      """
      SELECT subject, key_use FROM smki.certificate
      WHERE subject = ANY (?) AND kind = 'DEVICE' AND status = 'I'
      """;

  private static final String[] COLUMNS = {
    "serial",
    "issuer",
    "subject",
    "kind",
    "key_use",
    "top_up",
    "status",
    "not_before",
    "not_after",
    "key_identifier",
    "key_hash",
    "key_was_fresh",
    "der"
  };

  private CertificateBulk() {}

  /** One device's certificates for one use. */
  private record Place(Eui64 device, KeyUse use) {}

  /** Which of them are in the repository now, place by place. */
  static List<Boolean> insert(Connection connection, List<FreshCertificate> fresh)
      throws SQLException {
    try (Statement plan = connection.createStatement()) {
      plan.execute(PLAN);
    }
    for (int attempt = 1; ; attempt++) {
      List<Boolean> free = withUnknownKeys(connection, fresh);
      Savepoint before = connection.setSavepoint();
      try {
        copy(connection, fresh, free);
        connection.releaseSavepoint(before);
        return free;
      } catch (SQLException refused) {
        if (!UNIQUE_VIOLATION.equals(refused.getSQLState()) || attempt == ATTEMPTS_MAX) {
          throw refused;
        }
        // Another process was faster with one of the keys; now it can be seen.
        connection.rollback(before);
      }
    }
  }

  private static List<Boolean> withUnknownKeys(Connection connection, List<FreshCertificate> fresh)
      throws SQLException {
    byte[][] hashes =
        fresh.stream().map(each -> each.key().octets().toArray()).toArray(byte[][]::new);
    Set<PublicKeyHash> known = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(KNOWN_KEYS)) {
      query.setArray(1, connection.createArrayOf("bytea", hashes));
      query.setArray(2, connection.createArrayOf("bytea", hashes));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          known.add(new PublicKeyHash(Octets.of(row.getBytes(1))));
        }
      }
    }
    // Of two with one key the first one counts.
    List<Boolean> free = new ArrayList<>(fresh.size());
    for (FreshCertificate each : fresh) {
      free.add(known.add(each.key()));
    }
    return free;
  }

  private static void copy(
      Connection connection, List<FreshCertificate> fresh, List<Boolean> chosen)
      throws SQLException {
    Set<Place> taken = inUse(connection, fresh);
    Function<Place, CertificateStatus> status =
        place -> taken.add(place) ? CertificateStatus.IN_USE : CertificateStatus.PENDING;
    try (BulkCopy copy = BulkCopy.into(connection, "smki.certificate", COLUMNS)) {
      for (int i = 0; i < fresh.size(); i++) {
        if (chosen.get(i)) {
          FreshCertificate each = fresh.get(i);
          copy.row()
              .put(each.id().serial().toByteArray())
              .put(each.id().issuer().canonical())
              .put(each.device().value())
              .put(CertificateKind.DEVICE.name())
              .put(each.use().code())
              .put(false)
              .put(String.valueOf(status.apply(new Place(each.device(), each.use())).letter()))
              .put(each.notBefore())
              .put(each.notAfter())
              .put(each.keyIdentifier().toArray())
              .put(each.key().octets().toArray())
              .put(true)
              .put(each.der().toArray());
        }
      }
      copy.finish();
    }
  }

  private static Set<Place> inUse(Connection connection, List<FreshCertificate> fresh)
      throws SQLException {
    Object[] devices = fresh.stream().map(each -> each.device().value()).distinct().toArray();
    Set<Place> found = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(IN_USE)) {
      query.setArray(1, connection.createArrayOf("bigint", devices));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          KeyUse use =
              row.getString(2).equals(KeyUse.DIGITAL_SIGNATURE.code())
                  ? KeyUse.DIGITAL_SIGNATURE
                  : KeyUse.KEY_AGREEMENT;
          found.add(new Place(new Eui64(row.getLong(1)), use));
        }
      }
    }
    return found;
  }
}
