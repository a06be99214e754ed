// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.anomaly;

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
import org.meterbox.dsp.anomaly.AnomalyFile.Decision;
import org.meterbox.dsp.anomaly.AnomalyFile.Order;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.store.Store;

/** The rows of quarantined requests and of the orders about them. Safe for use by many threads. */
public final class QuarantineLedger {
  private static final String NEXT = "SELECT nextval('dsp.quarantine_event')";
  private static final String ADD =
      """
      INSERT INTO dsp.quarantine (event, originator, target, counter, srv, cause, detail, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String SELECT =
      """
      SELECT event, originator, target, counter, srv, cause, detail, at, decision
      FROM dsp.quarantine
      """;
  private static final String FIND = SELECT + " WHERE event = ?";
  private static final String LOCK = FIND + " FOR UPDATE";

  /** A request may have ended in quarantine, for example since its device left. */
  private static final String OPEN =
      """
      SELECT q.event, q.originator, q.target, q.counter, q.srv, q.cause, q.detail, q.at, q.decision
      FROM dsp.quarantine q
      JOIN dsp.request r ON r.originator = q.originator AND r.target = q.target
        AND r.counter = q.counter AND r.stage = 'X'
      WHERE q.decision IS NULL AND r.state = 'QUARANTINED' AND r.quarantine_event = q.event
        AND (q.originator = ANY (?) OR ?)
      ORDER BY q.event LIMIT ?
      """;

  private static final String ORDER =
      """
      INSERT INTO dsp.quarantine_order (event, signer_key, signer, decision, at, file)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (event, signer_key) DO UPDATE SET
        decision = excluded.decision, at = excluded.at, file = excluded.file
      """;
  private static final String AGREED =
      """
      SELECT count(*), count(*) FILTER (WHERE signer = ?) FROM dsp.quarantine_order
      WHERE event = ? AND decision = ?
      """;
  private static final String DECIDE = "UPDATE dsp.quarantine SET decision = ? WHERE event = ?";
  private static final String MAKE_DUE =
      """
      UPDATE dsp.request SET due = ?
      WHERE originator = ? AND target = ? AND counter = ? AND stage = 'X'
        AND state = 'QUARANTINED' AND quarantine_event = ?
      """;

  private final Store store;

  /** The quarantine in this store. */
  public QuarantineLedger(Store store) {
    this.store = store;
  }

  /**
   * A quarantined request.
   *
   * @param event its number, which the sender was told
   * @param decision what two people have decided; none while it waits
   */
  public record Quarantine(
      long event,
      MessageId request,
      ServiceReferenceVariant service,
      Breach breach,
      Instant at,
      Optional<Decision> decision) {}

  /**
   * Who gives an order.
   *
   * @param organisation in whose certificate the key is
   * @param key SHA-256 of the public key, which stands for the person
   */
  public record Orderer(Eui64 organisation, String key) {}

  /** The number of the next event. */
  public long nextEvent() {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(NEXT);
          ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("a sequence gives a number");
        }
        return row.getLong(1);
      }
    });
  }

  /** Adds a quarantined request as part of the transaction that stores the request. */
  public static StoredChange adding(
      long event, MessageId request, ServiceReferenceVariant service, Breach breach, Instant now) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(ADD)) {
        statement.setLong(1, event);
        statement.setLong(2, request.originator().value());
        statement.setLong(3, request.target().value());
        statement.setLong(4, request.counter().value());
        statement.setString(5, service.value());
        statement.setString(6, breach.cause().name());
        statement.setString(7, breach.detail());
        statement.setObject(8, now.atOffset(ZoneOffset.UTC));
        statement.executeUpdate();
      }
    };
  }

  /** The request that was quarantined by this event. */
  public Optional<Quarantine> find(long event) {
    return store.statement(connection -> find(connection, FIND, event));
  }

  /**
   * Requests on which nobody has decided, the oldest first.
   *
   * @param senders of these users; of all where it is empty
   */
  public List<Quarantine> open(Optional<Set<Eui64>> senders, int max) {
    Object[] ids = senders.orElse(Set.of()).stream().map(Eui64::value).toArray();
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
        statement.setArray(1, connection.createArrayOf("bigint", ids));
        statement.setBoolean(2, senders.isEmpty());
        statement.setInt(3, max);
        return quarantines(statement);
      }
    });
  }

  /** The request of this event, which nobody else decides on until the transaction ends. */
  static Optional<Quarantine> lock(Connection connection, long event) throws SQLException {
    return find(connection, LOCK, event);
  }

  private static Optional<Quarantine> find(Connection connection, String sql, long event)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, event);
      return quarantines(statement).stream().findFirst();
    }
  }

  private static List<Quarantine> quarantines(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<Quarantine> found = new ArrayList<>();
      while (row.next()) {
        found.add(
            new Quarantine(
                row.getLong(1),
                new MessageId(
                    new Eui64(row.getLong(2)),
                    new Eui64(row.getLong(3)),
                    new OriginatorCounter(row.getLong(4))),
                new ServiceReferenceVariant(row.getString(5)),
                new Breach(Breach.Cause.valueOf(row.getString(6)), row.getString(7)),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString(9)).map(Decision::valueOf)));
      }
      return found;
    }
  }

  /**
   * Notes an order; whether it is decided now: two people have ordered the same, and one of them at
   * least belongs to the sender of the request.
   */
  static boolean order(
      Connection connection,
      Quarantine quarantine,
      Order order,
      Orderer orderer,
      long file,
      Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ORDER)) {
      statement.setLong(1, order.event());
      statement.setString(2, orderer.key());
      statement.setLong(3, orderer.organisation().value());
      statement.setString(4, order.decision().name());
      statement.setObject(5, now.atOffset(ZoneOffset.UTC));
      statement.setLong(6, file);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(AGREED)) {
      statement.setLong(1, quarantine.request().originator().value());
      statement.setLong(2, order.event());
      statement.setString(3, order.decision().name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) >= 2 && row.getLong(2) >= 1;
      }
    }
  }

  /** Notes the decision. */
  static void decide(Connection connection, Quarantine quarantine, Decision decision)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DECIDE)) {
      statement.setString(1, decision.name());
      statement.setLong(2, quarantine.event());
      statement.executeUpdate();
    }
  }

  /** Makes a released request due; whether it is still quarantined. */
  static boolean release(Connection connection, Quarantine quarantine, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MAKE_DUE)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      statement.setLong(2, quarantine.request().originator().value());
      statement.setLong(3, quarantine.request().target().value());
      statement.setLong(4, quarantine.request().counter().value());
      statement.setLong(5, quarantine.event());
      return statement.executeUpdate() == 1;
    }
  }
}
