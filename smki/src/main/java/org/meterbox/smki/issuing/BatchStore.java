// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.PostgresCertificateRepository;

/** Batches in PostgreSQL, schema {@code smki}; each call is part of its caller's transaction. */
final class BatchStore {
  private static final int ROWS_AT_ONCE = 1000;

  private BatchStore() {}

  /** Adds a batch; false where its requester handed in the same file before. */
  static boolean add(Connection connection, BatchProgress batch, Octets fileHash)
      throws SQLException {
    String sql =
        """
        INSERT INTO smki.batch (id, requester, file_hash, submitted_by, submitted_at, requests)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, batch.id());
      insert.setLong(2, batch.requester().value());
      insert.setBytes(3, fileHash.toArray());
      insert.setString(4, batch.submittedBy());
      insert.setObject(5, batch.submittedAt().atOffset(ZoneOffset.UTC));
      insert.setInt(6, batch.requests());
      return insert.executeUpdate() == 1;
    }
  }

  /** Writes the requests of a batch, many at once. */
  static final class RequestWriter implements BatchDesk.RequestSink<SQLException>, AutoCloseable {
    private final UUID batch;
    private final PreparedStatement insert;

    RequestWriter(Connection connection, UUID batch) throws SQLException {
      this.batch = batch;
      insert =
          connection.prepareStatement(
              "INSERT INTO smki.batch_request (batch, number, csr) VALUES (?, ?, ?)");
    }

    @Override
    public void take(int number, Octets request) throws SQLException {
      insert.setObject(1, batch);
      insert.setInt(2, number);
      insert.setBytes(3, request.toArray());
      insert.addBatch();
      if (number % ROWS_AT_ONCE == 0) {
        insert.executeBatch();
      }
    }

    @Override
    public void close() throws SQLException {
      try (insert) {
        insert.executeBatch();
      }
    }
  }

  /** How far a batch has come; on wish, others wait until this transaction is over. */
  static Optional<BatchProgress> progress(Connection connection, UUID batch, boolean toWork)
      throws SQLException {
    String sql = "SELECT * FROM smki.batch WHERE id = ?" + (toWork ? " FOR UPDATE" : "");
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, batch);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(progress(row)) : Optional.empty();
      }
    }
  }

  static List<UUID> unfinished(Connection connection) throws SQLException {
    String sql = "SELECT id FROM smki.batch WHERE finished_at IS NULL ORDER BY submitted_at";
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      List<UUID> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getObject(1, UUID.class));
      }
      return List.copyOf(found);
    }
  }

  static List<Octets> requests(Connection connection, UUID batch, int from, int requestsMax)
      throws SQLException {
    String sql =
        """
        SELECT csr FROM smki.batch_request
        WHERE batch = ? AND number >= ? AND number < ? ORDER BY number
        """;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, batch);
      query.setInt(2, from);
      query.setInt(3, from + requestsMax);
      List<Octets> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(Octets.of(rows.getBytes(1)));
        }
      }
      return List.copyOf(found);
    }
  }

  static void addResults(Connection connection, UUID batch, List<BatchResult> results)
      throws SQLException {
    String sql =
        """
        INSERT INTO smki.batch_result (batch, number, issuer, serial, rule, detail)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (BatchResult result : results) {
        insert.setObject(1, batch);
        insert.setInt(2, result.number());
        switch (result) {
          case BatchResult.Issued issued -> {
            CertificateId id = issued.record().id();
            insert.setString(3, id.issuer().canonical());
            insert.setBytes(4, id.serial().toByteArray());
            insert.setString(5, null);
            insert.setString(6, null);
          }
          case BatchResult.Refused refused -> {
            insert.setString(3, null);
            insert.setBytes(4, null);
            insert.setString(5, refused.rule().name());
            insert.setString(6, refused.detail());
          }
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Moves a batch on by these results. */
  static BatchProgress advance(
      Connection connection, BatchProgress before, List<BatchResult> results, Instant now)
      throws SQLException {
    int done = before.done() + results.size();
    int issued =
        before.issued()
            + (int) results.stream().filter(BatchResult.Issued.class::isInstance).count();
    Optional<Instant> finishedAt = done == before.requests() ? Optional.of(now) : Optional.empty();
    String sql = "UPDATE smki.batch SET done = ?, issued = ?, finished_at = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, done);
      update.setInt(2, issued);
      update.setObject(3, finishedAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
      update.setObject(4, before.id());
      update.executeUpdate();
    }
    return new BatchProgress(
        before.id(),
        before.requester(),
        before.submittedBy(),
        before.submittedAt(),
        before.requests(),
        done,
        issued,
        finishedAt);
  }

  static List<BatchResult> results(Connection connection, UUID batch, int from, int resultsMax)
      throws SQLException {
    String sql =
        """
        SELECT result.number, result.rule, result.detail,
               certificate.der, certificate.top_up, certificate.status
        FROM smki.batch_result AS result
        LEFT JOIN smki.certificate
          ON certificate.serial = result.serial AND certificate.issuer = result.issuer
        WHERE batch = ? AND number >= ? AND number < ? ORDER BY number
        """;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, batch);
      query.setInt(2, from);
      query.setInt(3, from + resultsMax);
      List<BatchResult> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          int number = row.getInt("number");
          String rule = row.getString("rule");
          found.add(
              rule == null
                  ? new BatchResult.Issued(number, PostgresCertificateRepository.record(row))
                  : new BatchResult.Refused(
                      number, IssuingRule.valueOf(rule), row.getString("detail")));
        }
      }
      return List.copyOf(found);
    }
  }

  private static BatchProgress progress(ResultSet row) throws SQLException {
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new BatchProgress(
        row.getObject("id", UUID.class),
        new Eui64(row.getLong("requester")),
        row.getString("submitted_by"),
        row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
        row.getInt("requests"),
        row.getInt("done"),
        row.getInt("issued"),
        Optional.ofNullable(finished).map(OffsetDateTime::toInstant));
  }
}
