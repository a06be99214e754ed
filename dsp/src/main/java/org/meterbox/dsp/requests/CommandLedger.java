// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.meterbox.dsp.delivery.DeliveryLedger;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.CommandState.InFlight;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.store.GroupCommit;
import org.meterbox.store.Store;

/** The rows of commands for devices. Safe for use by many threads. */
public final class CommandLedger {
  private static final int ROWS_AT_A_TIME = 500;

  private static final String SELECT =
      "SELECT "
          + RequestRows.COLUMNS
          + ", "
          + CommandRows.COLUMNS
          + """
           FROM dsp.command c JOIN dsp.request r
            ON r.originator = c.request_originator AND r.target = c.request_target
              AND r.counter = c.request_counter AND r.stage = 'X'
          """;
  private static final String BY_IDENTITY =
      SELECT + " WHERE c.device = ? AND c.originator = ? AND c.counter = ?";
  private static final String DUE = SELECT + " WHERE c.due <= ? ORDER BY c.priority, c.due LIMIT ?";
  private static final String IN_FLIGHT =
      SELECT + " WHERE c.due IS NOT NULL ORDER BY c.priority, c.due";
  private static final String RENEW =
      "UPDATE dsp.command SET due = ? WHERE due IS NOT NULL AND device_type = ?";
  private static final String SHORTEN = RENEW + " AND due > ?";
  private static final String MOVE =
      "UPDATE dsp.command SET "
          + CommandRows.STATE_COLUMNS
          + """
           WHERE device = ? AND originator = ? AND counter = ? AND state = 'IN_FLIGHT'
             AND sends = ?
          """;
  private static final String RETURNED =
      """
      WITH answered AS (
        UPDATE dsp.command SET state = 'ANSWERED', failure = NULL, due = NULL
        WHERE device = ? AND originator = ? AND counter = ? AND state IN ('GIVEN_BACK', 'FAILED')
        RETURNING device)
      INSERT INTO dsp.device_message (device, digest, received, disposition, octets)
      SELECT device, ?, ?, 'RESPONSE', ? FROM answered
      ON CONFLICT DO NOTHING
      """;
  private static final String ANSWER =
      """
      WITH message AS (
        INSERT INTO dsp.device_message (device, digest, received, disposition, octets)
        VALUES (?, ?, ?, 'RESPONSE', ?)
        ON CONFLICT DO NOTHING
        RETURNING received),
      answered AS (
        UPDATE dsp.command c SET state = 'ANSWERED', due = NULL
        FROM message
        WHERE c.device = ? AND c.originator = ? AND c.counter = ? AND c.state = 'IN_FLIGHT'
        RETURNING c.request_originator, c.request_target, c.request_counter),
      moved AS (
        UPDATE dsp.request r SET
      """
          + RequestRows.STATE_COLUMNS
          + """
           FROM answered a
          WHERE r.originator = a.request_originator AND r.target = a.request_target
            AND r.counter = a.request_counter AND r.stage = 'X' AND r.state = 'IN_FLIGHT'
          RETURNING r.originator, r.target, r.counter, r.stage, r.srv, r.state),
          noted AS (
            INSERT INTO dsp.request_event (at, originator, target, counter, stage, srv, event)
            SELECT ?, originator, target, counter, stage, srv, state FROM moved)
          INSERT INTO dsp.delivery
          """
          + DeliveryLedger.COLUMNS
          + " SELECT "
          + DeliveryLedger.VALUES
          + " FROM moved RETURNING id";

  /** Commands that are remembered between their sending and their answer, about 1 kB each. */
  public static final int REMEMBERED_MAX = 20_000;

  private final Store store;

  private final Cache<MessageId, CommandOfRequest> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

  /** Answers that bring nothing else along, which most do. */
  private final GroupCommit<Answer, Optional<Pending>> alone;

  /** The commands in this store. */
  public CommandLedger(Store store) {
    this.store = store;
    this.alone = new GroupCommit<>(store, CommandLedger::answer);
  }

  /**
   * The command with this identity.
   *
   * @param id in whose name it went out, the device, the counter
   */
  public Optional<CommandOfRequest> find(MessageId id) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(BY_IDENTITY)) {
        CommandRows.setIdentity(statement, 1, id);
        return commands(statement).stream().findFirst();
      }
    });
  }

  /** Keeps at hand what was just stored as in flight, for {@link #take}. */
  public void remember(CommandOfRequest stored) {
    remembered.put(stored.command().command().id(), stored);
  }

  /** No answer is expected any more. */
  public void forget(MessageId id) {
    remembered.invalidate(id);
  }

  /**
   * The command with this identity, to be answered: as it was remembered, or else as it is stored.
   * It may have moved since; {@link #answer} sees to that.
   */
  public Optional<CommandOfRequest> take(MessageId id) {
    return Optional.ofNullable(remembered.asMap().remove(id)).or(() -> find(id));
  }

  /** Commands in flight whose deadline has passed, the most urgent first. */
  public List<CommandOfRequest> due(Instant now, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(DUE)) {
        statement.setObject(1, RequestRows.utc(now));
        statement.setInt(2, max);
        return commands(statement);
      }
    });
  }

  private static List<CommandOfRequest> commands(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<CommandOfRequest> found = new ArrayList<>();
      while (row.next()) {
        found.add(command(row));
      }
      return found;
    }
  }

  private static CommandOfRequest command(ResultSet row) throws SQLException {
    return new CommandOfRequest(
        CommandRows.command(row, RequestRows.COUNT + 1), RequestRows.request(row));
  }

  /** Notes a command's next state alone, unless the command has moved since it was read. */
  public boolean set(CommandRecord read, CommandState next) {
    forget(read.command().id());
    return store.statement(connection -> update(connection, read, next));
  }

  /**
   * Ends a command together with what that means to its request, unless the command has moved since
   * it was read.
   *
   * @return the stored notices; empty where the command has moved already
   */
  public Optional<List<Pending>> end(
      CommandRecord read,
      CommandState end,
      RequestLedger.Move request,
      Instant now,
      List<StoredChange> changes) {
    forget(read.command().id());
    return store.transact(connection -> {
      if (!update(connection, read, end) || !RequestLedger.move(connection, request, now)) {
        return Optional.empty();
      }
      return Optional.of(RequestLedger.also(connection, request.notices(), changes));
    });
  }

  /** Ends a command as part of another transaction. */
  public static StoredChange ending(CommandRecord read, CommandState end) {
    return connection -> {
      boolean _ = update(connection, read, end);
    };
  }

  /**
   * Ends, as part of another transaction, a command that was given to its user for local delivery:
   * the user has brought the device's response.
   *
   * @param digest SHA-256 of the octets
   * @throws StaleFactsException when it is stored, where the command has been answered meanwhile
   */
  public static StoredChange returned(
      CommandRecord command, Octets octets, Octets digest, Instant now) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RETURNED)) {
        int next = CommandRows.setIdentity(statement, 1, command.command().id());
        statement.setBytes(next++, digest.toArray());
        statement.setObject(next++, RequestRows.utc(now));
        statement.setBytes(next, octets.toArray());
        if (statement.executeUpdate() == 0) {
          throw new StaleFactsException("command " + command.command().id() + " has moved");
        }
      }
    };
  }

  private static boolean update(Connection connection, CommandRecord read, CommandState next)
      throws SQLException {
    if (!(read.state() instanceof InFlight before)) {
      return false;
    }
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      int at = CommandRows.setState(statement, 1, next);
      at = CommandRows.setIdentity(statement, at, read.command().id());
      statement.setInt(at, before.sends());
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * A device's response to a command, with what it means.
   *
   * @param message the octets as received
   * @param digest SHA-256 of them
   * @param next where the request stands then
   * @param notice the response for the user
   */
  public record Answer(
      CommandRecord command, Octets message, Octets digest, RequestState next, Notice notice) {}

  /**
   * Ends a command by the device's response: stores message, notice and changes, if the command is
   * still in flight and the message is new.
   *
   * @return the stored notices, that with the response first; empty where nothing was stored
   */
  public Optional<List<Pending>> answer(
      Answer answer, List<Notice> notices, List<StoredChange> changes) {
    if (notices.isEmpty() && changes.isEmpty()) {
      return alone.run(answer).map(List::of);
    }
    return store.transact(connection -> {
      Optional<Pending> response = answer(connection, List.of(answer)).getFirst();
      if (response.isEmpty()) {
        return Optional.empty();
      }
      List<Pending> pending = new ArrayList<>();
      pending.add(response.get());
      pending.addAll(RequestLedger.also(connection, notices, changes));
      return Optional.of(pending);
    });
  }

  /** Stores answers; gives the notice of each whose command was still in flight. */
  private static List<Optional<Pending>> answer(Connection connection, List<Answer> answers)
      throws SQLException {
    String[] generated = {"id"};
    try (PreparedStatement statement = connection.prepareStatement(ANSWER, generated)) {
      for (Answer answer : answers) {
        setAnswer(statement, answer);
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      List<Optional<Pending>> stored = new ArrayList<>(counts.length);
      try (ResultSet ids = statement.getGeneratedKeys()) {
        for (int i = 0; i < counts.length; i++) {
          stored.add(
              counts[i] == 1 && ids.next()
                  ? Optional.of(DeliveryLedger.pending(ids.getLong(1), answers.get(i).notice()))
                  : Optional.empty());
        }
      }
      return stored;
    }
  }

  private static void setAnswer(PreparedStatement statement, Answer answer) throws SQLException {
    MessageId command = answer.command().command().id();
    OffsetDateTime now = RequestRows.utc(answer.notice().made());
    statement.setLong(1, command.target().value());
    statement.setBytes(2, answer.digest().toArray());
    statement.setObject(3, now);
    statement.setBytes(4, answer.message().toArray());
    int next = CommandRows.setIdentity(statement, 5, command);
    next = RequestRows.setState(statement, next, answer.next());
    statement.setObject(next++, now);
    DeliveryLedger.set(statement, next, answer.notice());
  }

  /**
   * Gives every command in flight its full time again, since after a restart all of them are sent
   * again.
   */
  public void renewDeadlines(Instant now, Function<DeviceType, Duration> answerWait) {
    store.transact(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
        for (DeviceType type : DeviceType.values()) {
          statement.setObject(1, RequestRows.utc(now.plus(answerWait.apply(type))));
          statement.setString(2, type.name());
          statement.addBatch();
        }
        return statement.executeBatch();
      }
    });
  }

  /** Brings deadlines forward that are further away than a command's full time. */
  public void shortenDeadlines(Instant now, Function<DeviceType, Duration> answerWait) {
    store.transact(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(SHORTEN)) {
        for (DeviceType type : DeviceType.values()) {
          OffsetDateTime latest = RequestRows.utc(now.plus(answerWait.apply(type)));
          statement.setObject(1, latest);
          statement.setString(2, type.name());
          statement.setObject(3, latest);
          statement.addBatch();
        }
        return statement.executeBatch();
      }
    });
  }

  /** Goes through every command in flight, the most urgent first, without holding all of them. */
  public void forEachInFlight(Consumer<CommandOfRequest> visitor) {
    store.transact(connection -> {
      int visited = 0;
      try (PreparedStatement statement = connection.prepareStatement(IN_FLIGHT)) {
        // Inside a transaction the driver then fetches that many rows at a time.
        statement.setFetchSize(ROWS_AT_A_TIME);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            visitor.accept(command(row));
            visited++;
          }
        }
      }
      return visited;
    });
  }
}
