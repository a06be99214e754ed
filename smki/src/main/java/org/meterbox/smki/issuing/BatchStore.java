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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.store.BulkCopy;

/** Batches in PostgreSQL, schema {@code smki}; each call is part of its caller's transaction. */
final class BatchStore {
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

  /** Takes the requests of a batch: its id, then number and octets of each. */
  static BulkCopy copyRequests(Connection connection) throws SQLException {
    return BulkCopy.into(connection, "smki.batch_request", "batch", "number", "csr");
  }

  /** How far a batch has come. */
  static Optional<BatchProgress> progress(Connection connection, UUID batch) throws SQLException {
    String sql = "SELECT * FROM smki.batch WHERE id = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, batch);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(progress(row)) : Optional.empty();
      }
    }
  }

  static List<BatchProgress> recent(
      Connection connection, Optional<Eui64> requester, int batchesMax) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT * FROM smki.batch %s ORDER BY submitted_at DESC, id LIMIT ?",
            requester.isPresent() ? "WHERE requester = ?" : "");
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      int place = 1;
      if (requester.isPresent()) {
        query.setLong(place++, requester.get().value());
      }
      query.setInt(place, batchesMax);
      List<BatchProgress> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(progress(row));
        }
      }
      return List.copyOf(found);
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

  /** Writes the results of a chunk in the order of its requests. */
  static final class ResultWriter implements AutoCloseable {
    private final UUID batch;
    private final BulkCopy copy;
    private int number;

    /** Goes on behind the requests that are done. */
    ResultWriter(Connection connection, UUID batch, int done) throws SQLException {
      this.batch = batch;
      this.number = done;
      copy =
          BulkCopy.into(
              connection,
              "smki.batch_result",
              "batch",
              "number",
              "issuer",
              "serial",
              "rule",
              "detail");
    }

    void issued(CertificateId id) throws SQLException {
      next().put(id.issuer().canonical()).put(id.serial().toByteArray()).putNull().putNull();
    }

    void refused(Issuance.Refused refusal) throws SQLException {
      next().putNull().putNull().put(refusal.rule().name()).put(refusal.detail());
    }

    private BulkCopy next() throws SQLException {
      number++;
      return copy.row().put(batch).put(number);
    }

    void finish() throws SQLException {
      copy.finish();
    }

    @Override
    public void close() throws SQLException {
      copy.close();
    }
  }

  /** Moves a batch on by this many results. */
  static BatchProgress advance(
      Connection connection, BatchProgress before, int results, int certificates, Instant now)
      throws SQLException {
    int done = before.done() + results;
    int issued = before.issued() + certificates;
    Optional<Instant> finishedAt = done == before.requests() ? Optional.of(now) : Optional.empty();
    String sql =
        "UPDATE smki.batch SET done = ?, issued = ?, finished_at = ? WHERE id = ? AND done = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, done);
      update.setInt(2, issued);
      update.setObject(3, finishedAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
      update.setObject(4, before.id());
      update.setInt(5, before.done());
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("somebody else worked on the batch " + before.id());
      }
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

  private static final String RESULTS =
      """
      SELECT result.number, result.rule, result.detail,
             certificate.der, certificate.top_up, certificate.status
      FROM smki.batch_result AS result
      LEFT JOIN smki.certificate
        ON certificate.serial = result.serial AND certificate.issuer = result.issuer
      WHERE batch = ?
      """;

  static List<BatchResult> results(Connection connection, UUID batch, int from, int resultsMax)
      throws SQLException {
    String sql = RESULTS + "AND number >= ? AND number < ? ORDER BY number";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, batch);
      query.setInt(2, from);
      query.setInt(3, from + resultsMax);
      return results(query);
    }
  }

  static List<BatchResult> refusals(Connection connection, UUID batch, int refusalsMax)
      throws SQLException {
    String sql = RESULTS + "AND result.rule IS NOT NULL ORDER BY number LIMIT ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, batch);
      query.setInt(2, refusalsMax);
      return results(query);
    }
  }

  private static List<BatchResult> results(PreparedStatement query) throws SQLException {
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
