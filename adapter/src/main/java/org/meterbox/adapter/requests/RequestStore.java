// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

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
import java.util.Set;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.store.Store;

/** The rows of counters, requests and received messages. Safe for use by many threads. */
public final class RequestStore {
  private static final String COLUMNS =
      "id, duis_id, client, dcc_user, srv, device, command_variant, parameters, execution, callback, state,"
          + " document, approver, code, detail, acknowledgement, result, attempts, received,"
          + " changed";

  private static final String COUNT =
      """
      INSERT INTO adapter.counter AS c (dcc_user, last) VALUES (?, ?)
      ON CONFLICT (dcc_user) DO UPDATE SET last = greatest(c.last + 1, excluded.last)
      RETURNING last
      """;

  private static final String INSERT =
      """
      INSERT INTO adapter.request
        (id, duis_id, client, idempotency_key, fingerprint, dcc_user, srv, device, command_variant,
         parameters, execution, callback, state, document, due, received, changed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String CHANGE =
      """
      UPDATE adapter.request SET state = ?, document = coalesce(?, document),
        code = coalesce(?, code), detail = coalesce(?, detail),
        acknowledgement = coalesce(?, acknowledgement), result = coalesce(?, result),
        attempts = 0, due = ?, changed = ?
      WHERE id = ?
      """;

  private static final String STORE_MESSAGE =
      """
      INSERT INTO adapter.message (dcc_user, digest, document, received, due)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING RETURNING id
      """;

  /**
   * A message of the DSP as it was received.
   *
   * @param attempts how often reading it failed
   */
  public record ReceivedMessage(
      long id, String user, Octets document, Instant received, int attempts) {}

  /**
   * A request that a client named before with the same key.
   *
   * @param fingerprint the digest of what was asked then
   */
  public record Earlier(StoredRequest request, Octets fingerprint) {}

  private final Store store;

  /** The rows in this store, whose schema was migrated. */
  public RequestStore(Store store) {
    this.store = store;
  }

  /** The store, for transactions that reach further. */
  public Store store() {
    return store;
  }

  /**
   * The next counter of a user, durable before it is used: higher than every one before and not
   * below the present in milliseconds, so that other tools with the same keys can go on.
   */
  OriginatorCounter nextCounter(String user, Instant now) {
    long next =
        store.statement(connection -> {
          try (PreparedStatement count = connection.prepareStatement(COUNT)) {
            count.setString(1, user);
            count.setLong(2, now.toEpochMilli());
            try (ResultSet row = count.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
    return new OriginatorCounter(next);
  }

  /** Stores a new request within a transaction. */
  void insert(
      Connection connection,
      NewRequest wanted,
      MessageId id,
      Octets fingerprint,
      Octets document,
      RequestState state,
      Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, id.toString());
      insert.setString(2, id.toString());
      insert.setString(3, wanted.client());
      insert.setString(4, wanted.idempotencyKey().orElse(null));
      insert.setBytes(5, fingerprint.toArray());
      insert.setString(6, wanted.user().name());
      insert.setString(7, wanted.service().variant().value());
      insert.setString(8, wanted.device().map(device -> device.dashed()).orElse(null));
      insert.setInt(9, wanted.variant().number());
      insert.setString(10, wanted.parameters());
      insert.setObject(11, execution(wanted).map(RequestStore::utc).orElse(null));
      insert.setString(12, wanted.callback().orElse(null));
      insert.setString(13, state.name());
      insert.setBytes(14, document.toArray());
      insert.setObject(15, state == RequestState.ACCEPTED ? utc(now) : null);
      insert.setObject(16, utc(now));
      insert.setObject(17, utc(now));
      insert.executeUpdate();
    }
  }

  private static Optional<Instant> execution(NewRequest wanted) {
    return wanted
        .body()
        .find("ExecutionDateTime")
        .flatMap(element -> {
          try {
            return Optional.of(element.dateTime());
          } catch (org.meterbox.duis.xml.ElementException checkedBefore) {
            return Optional.empty();
          }
        });
  }

  /** The request with this identifier. */
  public Optional<StoredRequest> find(String id) {
    return store.statement(connection -> find(connection, "id", id, ""));
  }

  /** The request with this identifier, locked until the end of the transaction. */
  Optional<StoredRequest> lock(Connection connection, String id) throws SQLException {
    return find(connection, "id", id, " FOR UPDATE");
  }

  /** The request that went to the DSP under this Request ID, locked likewise. */
  Optional<StoredRequest> lockByDuisId(Connection connection, String duisId) throws SQLException {
    return find(connection, "duis_id", duisId, " FOR UPDATE");
  }

  private static Optional<StoredRequest> find(
      Connection connection, String column, String id, String lock) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM adapter.request WHERE " + column + " = ?" + lock)) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** What a client asked for under this key before. */
  Optional<Earlier> findEarlier(String client, String key) {
    return store.statement(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT "
                  + COLUMNS
                  + ", fingerprint FROM adapter.request"
                  + " WHERE client = ? AND idempotency_key = ?")) {
        select.setString(1, client);
        select.setString(2, key);
        try (ResultSet row = select.executeQuery()) {
          return row.next()
              ? Optional.of(new Earlier(read(row), Octets.of(row.getBytes("fingerprint"))))
              : Optional.empty();
        }
      }
    });
  }

  /** The latest requests of some users, newest first. */
  public List<StoredRequest> latest(
      Set<String> users, Optional<String> device, Optional<RequestState> state, int limit) {
    return store.statement(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT "
                  + COLUMNS
                  + " FROM adapter.request WHERE dcc_user = ANY (?)"
                  + " AND (?::text IS NULL OR device = ?) AND (?::text IS NULL OR state = ?)"
                  + " ORDER BY received DESC, id DESC LIMIT ?")) {
        select.setArray(1, connection.createArrayOf("text", users.toArray()));
        select.setString(2, device.orElse(null));
        select.setString(3, device.orElse(null));
        select.setString(4, state.map(RequestState::name).orElse(null));
        select.setString(5, state.map(RequestState::name).orElse(null));
        select.setInt(6, limit);
        List<StoredRequest> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.add(read(row));
          }
        }
        return found;
      }
    });
  }

  /** Changes a request within a transaction that has locked it. */
  void change(Connection connection, String id, RequestChange change, Instant now)
      throws SQLException {
    boolean toBePosted =
        change.state() == RequestState.ACCEPTED
            || change.state() == RequestState.PRE_COMMAND_SIGNED;
    try (PreparedStatement update = connection.prepareStatement(CHANGE)) {
      update.setString(1, change.state().name());
      update.setBytes(2, change.document().map(Octets::toArray).orElse(null));
      update.setString(3, change.code().orElse(null));
      update.setString(4, change.detail().orElse(null));
      update.setString(5, change.acknowledgement().orElse(null));
      update.setString(6, change.result().orElse(null));
      update.setObject(7, toBePosted ? utc(now) : null);
      update.setObject(8, utc(now));
      update.setString(9, id);
      update.executeUpdate();
    }
  }

  /** Notes who approved or rejected a request, and under which Request ID it goes now. */
  void noteApprover(Connection connection, String id, String approver, MessageId duisId)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE adapter.request SET approver = ?, duis_id = ? WHERE id = ?")) {
      update.setString(1, approver);
      update.setString(2, duisId.toString());
      update.setString(3, id);
      update.executeUpdate();
    }
  }

  /** A post failed: it is tried again at a time. */
  void postpone(String id, Instant until) {
    store.statement(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE adapter.request SET attempts = attempts + 1, due = ? WHERE id = ?"
                  + " AND state IN ('ACCEPTED', 'PRE_COMMAND_SIGNED')")) {
        update.setObject(1, utc(until));
        update.setString(2, id);
        return update.executeUpdate();
      }
    });
  }

  /** What is to be posted by now, the oldest first. */
  List<String> due(Instant now, int limit) {
    return strings(
        "SELECT id FROM adapter.request WHERE due <= ? ORDER BY due LIMIT ?", now, limit);
  }

  private List<String> strings(String query, Instant until, int limit) {
    return store.statement(connection -> {
      try (PreparedStatement select = connection.prepareStatement(query)) {
        select.setObject(1, utc(until));
        select.setInt(2, limit);
        List<String> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.add(row.getString(1));
          }
        }
        return found;
      }
    });
  }

  /** Stores a received message durably; empty where it was there before. */
  Optional<Long> storeMessage(String user, Octets digest, Octets document, Instant now) {
    return store.statement(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(STORE_MESSAGE)) {
        insert.setString(1, user);
        insert.setBytes(2, digest.toArray());
        insert.setBytes(3, document.toArray());
        insert.setObject(4, utc(now));
        insert.setObject(5, utc(now));
        try (ResultSet row = insert.executeQuery()) {
          return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
      }
    });
  }

  /** Messages that are to be read by now, in the order in which they came. */
  List<ReceivedMessage> unprocessed(long after, Instant now, int limit) {
    return store.statement(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT id, dcc_user, document, received, attempts FROM adapter.message"
                  + " WHERE processed IS NULL AND id > ? AND due <= ? ORDER BY id LIMIT ?")) {
        select.setLong(1, after);
        select.setObject(2, utc(now));
        select.setInt(3, limit);
        List<ReceivedMessage> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.add(
                new ReceivedMessage(
                    row.getLong(1),
                    row.getString(2),
                    Octets.of(row.getBytes(3)),
                    instant(row, "received"),
                    row.getInt("attempts")));
          }
        }
        return found;
      }
    });
  }

  /** Reading a message failed: it is tried again at a time. */
  void postponeMessage(long message, Instant until) {
    store.statement(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE adapter.message SET attempts = attempts + 1, due = ? WHERE id = ?")) {
        update.setObject(1, utc(until));
        update.setLong(2, message);
        return update.executeUpdate();
      }
    });
  }

  /**
   * Takes a message for processing within a transaction.
   *
   * @return whether it was not processed before
   */
  boolean markProcessed(Connection connection, long message, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE adapter.message SET processed = ? WHERE id = ? AND processed IS NULL")) {
      update.setObject(1, utc(now));
      update.setLong(2, message);
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Deletes what ended, was processed or was told before a moment.
   *
   * @return rows deleted
   */
  int purge(Instant before) {
    return store.transact(connection -> {
      int deleted = 0;
      for (String statement :
          List.of(
              "DELETE FROM adapter.delivery WHERE due IS NULL AND deadline < ?",
              "DELETE FROM adapter.event WHERE at < ?",
              "DELETE FROM adapter.message WHERE processed < ?",
              "DELETE FROM adapter.request WHERE changed < ?"
                  + " AND state IN ('ANSWERED', 'REFUSED', 'NOT_SIGNED', 'FAILED', 'REJECTED')")) {
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
          delete.setObject(1, utc(before));
          deleted += delete.executeUpdate();
        }
      }
      return deleted;
    });
  }

  private static StoredRequest read(ResultSet row) throws SQLException {
    return new StoredRequest(
        row.getString("id"),
        MessageId.parse(row.getString("duis_id")),
        row.getString("client"),
        row.getString("dcc_user"),
        new ServiceReferenceVariant(row.getString("srv")),
        text(row, "device"),
        CommandVariant.of(row.getInt("command_variant")).orElseThrow(),
        row.getString("parameters"),
        Optional.ofNullable(row.getObject("execution", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        text(row, "callback"),
        RequestState.valueOf(row.getString("state")),
        Optional.ofNullable(row.getBytes("document")).map(Octets::of),
        text(row, "approver"),
        text(row, "code"),
        text(row, "detail"),
        text(row, "acknowledgement"),
        text(row, "result"),
        row.getInt("attempts"),
        instant(row, "received"),
        instant(row, "changed"));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
