// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.meterbox.dsp.delivery.DeliveryLedger;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.RequestKey.Stage;
import org.meterbox.dsp.requests.RequestState.Answered;
import org.meterbox.dsp.requests.RequestState.Failed;
import org.meterbox.dsp.requests.RequestState.InFlight;
import org.meterbox.dsp.requests.RequestState.Refused;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;
import org.meterbox.store.Store;

/**
 * The rows of requests. Every step is one transaction: the state moves, what happened is appended
 * to the events, and what the user is to get is stored. Safe for use by many threads.
 */
public final class RequestLedger {
  private static final String IN_FLIGHT = "IN_FLIGHT";
  private static final int ROWS_AT_A_TIME = 500;

  private static final String STORE =
      """
      WITH stored AS (
        INSERT INTO dsp.request
          (originator, target, counter, stage, srv, variant, priority, device_type, received,
           document, digest, answer, state, reason, sends, due, command, command_originator,
           command_counter)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        RETURNING received, originator, target, counter, stage, srv, state, reason),
      noted AS (
        INSERT INTO dsp.request_event
          (at, originator, target, counter, stage, srv, event, code, role, rule)
        SELECT received, originator, target, counter, stage, srv, state, reason, ?, ?
        FROM stored)
      SELECT count(*) FROM stored
      """;
  private static final String KNOWN =
      """
      SELECT digest, answer FROM dsp.request
      WHERE originator = ? AND target = ? AND counter = ? AND stage = ?
      """;
  private static final String PRE_COMMAND =
      """
      SELECT command FROM dsp.request
      WHERE originator = ? AND target = ? AND counter = ? AND stage = 'T' AND state = 'ANSWERED'
        AND srv = ?
      """;
  private static final String FLIGHT_COLUMNS =
      """
      SELECT originator, target, counter, srv, device_type, priority, command, command_originator,
             command_counter, state, reason, sends, due
      FROM dsp.request
      """;
  private static final String BY_COMMAND =
      FLIGHT_COLUMNS
          + " WHERE target = ? AND command_originator = ? AND command_counter = ? AND stage = 'X'"
          + " AND command_counter IS NOT NULL";
  private static final String DUE =
      FLIGHT_COLUMNS + " WHERE due <= ? ORDER BY priority, due LIMIT ?";
  private static final String FLYING =
      FLIGHT_COLUMNS + " WHERE due IS NOT NULL ORDER BY priority, received";
  private static final String RENEW =
      "UPDATE dsp.request SET due = ? WHERE due IS NOT NULL AND device_type = ?";
  private static final String MOVE =
      """
      WITH moved AS (
        UPDATE dsp.request SET state = ?, reason = ?, sends = ?, due = ?
        WHERE originator = ? AND target = ? AND counter = ? AND stage = 'X'
          AND state = 'IN_FLIGHT' AND sends = ?
        RETURNING originator, target, counter, stage, srv, state, reason),
      noted AS (
        INSERT INTO dsp.request_event (at, originator, target, counter, stage, srv, event, code)
        SELECT ?, originator, target, counter, stage, srv, state, reason FROM moved
        WHERE state <> 'IN_FLIGHT')
      SELECT count(*) FROM moved
      """;
  private static final String ANSWER =
      """
      WITH message AS (
        INSERT INTO dsp.device_message (device, digest, received, fate, octets)
        VALUES (?, ?, ?, 'RESPONSE', ?)
        ON CONFLICT DO NOTHING
        RETURNING received),
      moved AS (
        UPDATE dsp.request r SET state = 'ANSWERED', due = NULL
        FROM message
        WHERE r.originator = ? AND r.target = ? AND r.counter = ? AND r.stage = 'X'
          AND r.state = 'IN_FLIGHT'
        RETURNING r.originator, r.target, r.counter, r.stage, r.srv),
      noted AS (
        INSERT INTO dsp.request_event (at, originator, target, counter, stage, srv, event)
        SELECT ?, originator, target, counter, stage, srv, 'ANSWERED' FROM moved)
      INSERT INTO dsp.delivery
      """
          + DeliveryLedger.COLUMNS
          + " SELECT "
          + DeliveryLedger.VALUES
          + " FROM moved RETURNING id";

  private final Store store;

  /** The requests in this store. */
  public RequestLedger(Store store) {
    this.store = store;
  }

  /** What became of the attempt to store a request. */
  public sealed interface Storing {
    /** It is stored now, and so is what is pushed to the user. */
    record Stored(List<Pending> notices) implements Storing {}

    /** The same octets were stored before, with this answer. */
    record SameAgain(Octets answer) implements Storing {}

    /** Another document was stored under the same key before. */
    record OtherContent() implements Storing {}
  }

  /** Stores a request, unless its key is taken. */
  public Storing store(NewRequest request) {
    Optional<Storing.Stored> stored =
        request.notices().isEmpty()
            ? store.statement(connection ->
                insert(connection, request)
                    ? Optional.of(new Storing.Stored(List.of()))
                    : Optional.empty())
            : store.transact(connection -> storeWithNotices(connection, request));
    return stored.<Storing>map(done -> done).orElseGet(() -> compare(request));
  }

  private static Optional<Storing.Stored> storeWithNotices(
      Connection connection, NewRequest request) throws SQLException {
    if (!insert(connection, request)) {
      return Optional.empty();
    }
    List<Pending> pending = new ArrayList<>();
    for (Notice notice : request.notices()) {
      pending.add(DeliveryLedger.insert(connection, notice));
    }
    return Optional.of(new Storing.Stored(pending));
  }

  private static boolean insert(Connection connection, NewRequest request) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STORE)) {
      int next = setKey(statement, 1, request.key().id());
      statement.setString(next++, request.key().stage().letter());
      statement.setString(next++, request.service().value());
      statement.setInt(next++, request.variant().number());
      statement.setInt(next++, rank(request.priority()));
      statement.setString(next++, request.deviceType().map(DeviceType::name).orElse(null));
      statement.setObject(next++, utc(request.received()));
      statement.setBytes(next++, request.document().toArray());
      statement.setBytes(next++, request.digest().toArray());
      statement.setBytes(next++, request.answer().toArray());
      next = setState(statement, next, request.state());
      Optional<CommandForDevice> command = request.command();
      statement.setBytes(next++, command.map(c -> c.octets().toArray()).orElse(null));
      statement.setObject(
          next++, command.map(c -> c.id().originator().value()).orElse(null), Types.BIGINT);
      statement.setObject(
          next++, command.map(c -> c.id().counter().value()).orElse(null), Types.BIGINT);
      statement.setString(next++, request.role().map(UserRole::name).orElse(null));
      statement.setString(next, request.rule().orElse(null));
      return countsOne(statement);
    }
  }

  private Storing compare(NewRequest request) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
        int next = setKey(statement, 1, request.key().id());
        statement.setString(next, request.key().stage().letter());
        try (ResultSet row = statement.executeQuery()) {
          return row.next() && request.digest().equals(Octets.of(row.getBytes(1)))
              ? new Storing.SameAgain(Octets.of(row.getBytes(2)))
              : new Storing.OtherContent();
        }
      }
    });
  }

  /** The Pre-Command that a request with this identifier and service was transformed to. */
  public Optional<Octets> preCommand(MessageId request, ServiceReferenceVariant service) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(PRE_COMMAND)) {
        int next = setKey(statement, 1, request);
        statement.setString(next, service.value());
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.of(Octets.of(row.getBytes(1))) : Optional.empty();
        }
      }
    });
  }

  /**
   * The request whose command a device answers.
   *
   * @param answered the command's identity: whom the device answers, the device, the counter
   */
  public Optional<RequestInFlight> findByCommand(MessageId answered) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(BY_COMMAND)) {
        statement.setLong(1, answered.target().value());
        statement.setLong(2, answered.originator().value());
        statement.setLong(3, answered.counter().value());
        return flights(statement).stream().findFirst();
      }
    });
  }

  /** Requests in flight that somebody has to look after, the most urgent first. */
  public List<RequestInFlight> due(Instant now, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(DUE)) {
        statement.setObject(1, utc(now));
        statement.setInt(2, max);
        return flights(statement);
      }
    });
  }

  /**
   * Moves a request in flight on, unless it has moved since it was read.
   *
   * @param read the request as read
   * @param now when
   * @param notice what the user is told of it
   * @return the stored notice; empty where the request has moved already
   */
  public Optional<List<Pending>> move(
      RequestInFlight read, RequestState next, Instant now, Optional<Notice> notice) {
    return store.transact(connection -> {
      if (!update(connection, read, next, now)) {
        return Optional.empty();
      }
      return Optional.of(
          notice.isPresent()
              ? List.of(DeliveryLedger.insert(connection, notice.get()))
              : List.of());
    });
  }

  private static boolean update(
      Connection connection, RequestInFlight read, RequestState next, Instant now)
      throws SQLException {
    if (!(read.state() instanceof InFlight before)) {
      return false;
    }
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      int at = setState(statement, 1, next);
      at = setKey(statement, at, read.key().id());
      statement.setInt(at++, before.sends());
      statement.setObject(at, utc(now));
      return countsOne(statement);
    }
  }

  /**
   * Ends a request by the device's response: stores message and notice, if the request is still in
   * flight and the message is new.
   *
   * @param digest SHA-256 of the message
   */
  public Optional<Pending> answer(
      RequestInFlight request, Octets message, Octets digest, Notice notice) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(ANSWER)) {
        OffsetDateTime now = utc(notice.made());
        statement.setLong(1, request.command().id().target().value());
        statement.setBytes(2, digest.toArray());
        statement.setObject(3, now);
        statement.setBytes(4, message.toArray());
        int next = setKey(statement, 5, request.key().id());
        statement.setObject(next++, now);
        DeliveryLedger.set(statement, next, notice);
        try (ResultSet row = statement.executeQuery()) {
          return row.next()
              ? Optional.of(DeliveryLedger.pending(row.getLong(1), notice))
              : Optional.empty();
        }
      }
    });
  }

  /**
   * Gives every request in flight its full time again, since after a restart all of them are sent
   * again.
   */
  public void renewDueTimes(Instant now, Function<DeviceType, Duration> answerWait) {
    store.transact(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
        for (DeviceType type : DeviceType.values()) {
          statement.setObject(1, utc(now.plus(answerWait.apply(type))));
          statement.setString(2, type.name());
          statement.addBatch();
        }
        return statement.executeBatch();
      }
    });
  }

  /** Goes through every request in flight, the most urgent first, without holding all of them. */
  public void forEachInFlight(Consumer<RequestInFlight> visitor) {
    store.transact(connection -> {
      int visited = 0;
      try (PreparedStatement statement = connection.prepareStatement(FLYING)) {
        // Inside a transaction the driver then fetches that many rows at a time.
        statement.setFetchSize(ROWS_AT_A_TIME);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            visitor.accept(flight(row));
            visited++;
          }
        }
      }
      return visited;
    });
  }

  private static List<RequestInFlight> flights(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<RequestInFlight> found = new ArrayList<>();
      while (row.next()) {
        found.add(flight(row));
      }
      return found;
    }
  }

  private static RequestInFlight flight(ResultSet row) throws SQLException {
    MessageId id =
        new MessageId(
            new Eui64(row.getLong(1)),
            new Eui64(row.getLong(2)),
            new OriginatorCounter(row.getLong(3)));
    MessageId command =
        new MessageId(
            new Eui64(row.getLong(8)), id.target(), new OriginatorCounter(row.getLong(9)));
    return new RequestInFlight(
        new RequestKey(id, Stage.EXECUTION),
        new ServiceReferenceVariant(row.getString(4)),
        DeviceType.valueOf(row.getString(5)),
        ranked(row.getInt(6)),
        new CommandForDevice(command, Octets.of(row.getBytes(7))),
        state(row));
  }

  /** The most urgent first, so that rows sort by it. */
  private static int rank(Priority priority) {
    return switch (priority) {
      case SUPPLY -> 0;
      case CRITICAL -> 1;
      case ON_DEMAND -> 2;
      case BULK -> 3;
    };
  }

  private static Priority ranked(int rank) throws SQLException {
    return switch (rank) {
      case 0 -> Priority.SUPPLY;
      case 1 -> Priority.CRITICAL;
      case 2 -> Priority.ON_DEMAND;
      case 3 -> Priority.BULK;
      default -> throw new SQLException("no priority has the rank " + rank);
    };
  }

  private static RequestState state(ResultSet row) throws SQLException {
    String reason = row.getString(11);
    return switch (row.getString(10)) {
      case IN_FLIGHT ->
          new InFlight(row.getInt(12), row.getObject(13, OffsetDateTime.class).toInstant());
      case "ANSWERED" -> new Answered();
      case "REFUSED" -> new Refused(ResponseCode.find(reason).orElseThrow());
      case "FAILED" -> new Failed(FailureReason.valueOf(reason));
      default -> throw new SQLException("no state of a request is called " + row.getString(10));
    };
  }

  private static int setState(PreparedStatement statement, int first, RequestState state)
      throws SQLException {
    @Nullable String reason =
        switch (state) {
          case InFlight _ -> null;
          case Answered _ -> null;
          case Refused refused -> refused.code().code();
          case Failed failed -> failed.reason().name();
        };
    String name =
        switch (state) {
          case InFlight _ -> IN_FLIGHT;
          case Answered _ -> "ANSWERED";
          case Refused _ -> "REFUSED";
          case Failed _ -> "FAILED";
        };
    statement.setString(first, name);
    statement.setString(first + 1, reason);
    statement.setInt(first + 2, state instanceof InFlight flying ? flying.sends() : 0);
    statement.setObject(first + 3, state instanceof InFlight flying ? utc(flying.due()) : null);
    return first + 4;
  }

  private static int setKey(PreparedStatement statement, int first, MessageId id)
      throws SQLException {
    statement.setLong(first, id.originator().value());
    statement.setLong(first + 1, id.target().value());
    statement.setLong(first + 2, id.counter().value());
    return first + 3;
  }

  private static boolean countsOne(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() && row.getLong(1) == 1;
    }
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
