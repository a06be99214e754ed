// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.meterbox.dsp.delivery.DeliveryLedger;
import org.meterbox.dsp.delivery.DeliveryLedger.Pending;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.dsp.requests.RequestState.AwaitingOutcomes;
import org.meterbox.dsp.requests.StoredRequest.SequencePlace;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.store.GroupCommit;
import org.meterbox.store.Store;

/**
 * The rows of requests. Every step is one transaction: the state moves, what happened is appended
 * to the events, and what the user is to get and what else changes is stored. Safe for use by many
 * threads.
 */
public final class RequestLedger {
  private static final String INSERT =
      """
      WITH stored AS (
        INSERT INTO dsp.request
          (originator, target, counter, stage, srv, variant, priority, device_type, received,
           document, digest, answer, state, reason, due, outcomes_total, outcomes_arrived,
           quarantine_event, pre_command, role, execution, schedule, sequence_position,
           predecessor_originator, predecessor_target, predecessor_counter)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        RETURNING received, originator, target, counter, stage, srv, state, reason, role)
      """;

  /** Stands last in {@link #INSERT}: as many rows are inserted as requests were stored. */
  private static final String NOTE_STORED =
      """
       INSERT INTO dsp.request_event
        (at, originator, target, counter, stage, srv, event, code, role, rule)
      SELECT received, originator, target, counter, stage, srv, state, reason, role, ?
      FROM stored
      """;

  private static final String MADE = ", made AS (" + CommandRows.INSERT_FOR_STORED + ")";
  private static final String COUNT_STORED = " SELECT count(*) FROM stored";
  private static final String NOTE =
      """
      INSERT INTO dsp.request_event (at, originator, target, counter, stage, srv, event, code, rule)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String KNOWN =
      """
      SELECT digest, answer FROM dsp.request
      WHERE originator = ? AND target = ? AND counter = ? AND stage = ?
      """;
  private static final String PRE_COMMAND =
      """
      SELECT pre_command, execution FROM dsp.request
      WHERE originator = ? AND target = ? AND counter = ? AND stage = 'T' AND state = 'ANSWERED'
        AND srv = ?
      """;
  private static final String FIND =
      "SELECT "
          + RequestRows.COLUMNS
          + " FROM dsp.request r"
          + " WHERE r.originator = ? AND r.target = ? AND r.counter = ? AND r.stage = 'X'";
  private static final String DOCUMENT =
      """
      SELECT document FROM dsp.request
      WHERE originator = ? AND target = ? AND counter = ? AND stage = ?
      """;
  private static final String CLAIM =
      """
      UPDATE dsp.request r SET due = ?
      FROM (SELECT originator, target, counter, stage FROM dsp.request
            WHERE due <= ? ORDER BY priority, due LIMIT ? FOR UPDATE SKIP LOCKED) d
      WHERE r.originator = d.originator AND r.target = d.target AND r.counter = d.counter
        AND r.stage = d.stage
      RETURNING
      """
          + RequestRows.COLUMNS;
  private static final String WAITING_AT_DEVICE =
      "SELECT "
          + RequestRows.COLUMNS
          + """
           FROM dsp.request r
          WHERE r.target = ? AND r.state IN ('HELD', 'WAITING_FOR_PREDECESSOR', 'QUARANTINED')
          ORDER BY r.received LIMIT ?
          """;
  private static final String MOVE =
      "WITH stored AS (UPDATE dsp.request SET "
          + RequestRows.STATE_COLUMNS
          + """
          , role = COALESCE(?, role), sequence_position = COALESCE(?, sequence_position)
          WHERE originator = ? AND target = ? AND counter = ? AND stage = 'X' AND state = ?
            AND outcomes_arrived = ?
          RETURNING originator, target, counter, stage, srv, state, reason, role),
          noted AS (
            INSERT INTO dsp.request_event
              (at, originator, target, counter, stage, srv, event, code, role, rule)
            SELECT ?, originator, target, counter, stage, srv, state, reason, role, ?
            FROM stored WHERE state <> ?)
          """;
  private static final String RELEASE_FOLLOWERS =
      """
      UPDATE dsp.request SET due = ?
      WHERE predecessor_originator = ? AND predecessor_target = ? AND predecessor_counter = ?
        AND state = 'WAITING_FOR_PREDECESSOR'
      """;
  private static final String OUTCOME =
      """
      INSERT INTO dsp.outcome (originator, target, counter, place, alert_code, arrived)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String OUTCOMES =
      "SELECT count(*) FROM dsp.outcome WHERE originator = ? AND target = ? AND counter = ?";
  private static final String AT_DEVICE =
      "SELECT "
          + RequestRows.COLUMNS
          + """
           FROM dsp.request r
          WHERE r.originator = ? AND r.target = ? AND r.srv = ? AND r.state = 'AWAITING_OUTCOMES'
          FOR UPDATE
          """;
  private static final String RELEASE_IF_PREDECESSOR_DONE =
      """
      UPDATE dsp.request r SET due = ?
      WHERE r.originator = ? AND r.target = ? AND r.counter = ? AND r.stage = 'X'
        AND r.state = 'WAITING_FOR_PREDECESSOR'
        AND EXISTS (
          SELECT FROM dsp.request p
          WHERE p.originator = r.predecessor_originator AND p.target = r.predecessor_target
            AND p.counter = r.predecessor_counter AND p.stage = 'X'
            AND p.state NOT IN
              ('HELD', 'WAITING_FOR_PREDECESSOR', 'AWAITING_COS_PARTY', 'IN_FLIGHT', 'QUARANTINED'))
      """;

  private final Store store;

  /** Requests that bring nothing else along, which most do. */
  private final GroupCommit<NewRequest, Boolean> alone;

  /** The requests in this store. */
  public RequestLedger(Store store) {
    this.store = store;
    this.alone = new GroupCommit<>(store, RequestLedger::insert);
  }

  /** What an attempt to store a request has led to. */
  public sealed interface Storing {
    /** It is stored now, and so is what is pushed to users. */
    record Stored(List<Pending> notices) implements Storing {}

    /** A document was stored under the same key before. */
    record KeyTaken(Known known) implements Storing {}
  }

  /**
   * A request that came before.
   *
   * @param digest SHA-256 of its document
   * @param answer what it was answered
   */
  public record Known(Octets digest, Octets answer) {}

  /**
   * What a critical request was transformed to.
   *
   * @param preCommand the Pre-Command
   * @param execution the ExecutionDateTime in the request
   */
  public record Transformed(Octets preCommand, Optional<Instant> execution) {}

  /** The request with this key, if one came before. */
  public Optional<Known> known(RequestKey key) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
        int next = RequestRows.setId(statement, 1, key.id());
        statement.setString(next, key.stage().letter());
        try (ResultSet row = statement.executeQuery()) {
          return row.next()
              ? Optional.of(new Known(Octets.of(row.getBytes(1)), Octets.of(row.getBytes(2))))
              : Optional.empty();
        }
      }
    });
  }

  /** Stores a request with everything that it changes, unless its key is taken. */
  public Storing store(NewRequest request, List<StoredChange> changes) {
    Optional<Storing.Stored> stored =
        request.notices().isEmpty() && changes.isEmpty()
            ? Optional.of(new Storing.Stored(List.of())).filter(_ -> alone.run(request))
            : store.transact(connection ->
                insert(connection, List.of(request)).getFirst()
                    ? Optional.of(new Storing.Stored(also(connection, request.notices(), changes)))
                    : Optional.empty());
    return stored.isPresent()
        ? stored.get()
        : new Storing.KeyTaken(known(request.request().key()).orElseThrow());
  }

  /** Notes in the audit that a request was refused whose key stays free. */
  public void noteRefused(
      RequestKey key, ServiceReferenceVariant service, Instant now, String code, String rule) {
    store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
        statement.setObject(1, RequestRows.utc(now));
        int next = RequestRows.setId(statement, 2, key.id());
        statement.setString(next++, key.stage().letter());
        statement.setString(next++, service.value());
        statement.setString(next++, "REFUSED");
        statement.setString(next++, code);
        statement.setString(next, rule);
        return statement.executeUpdate();
      }
    });
  }

  static List<Pending> also(Connection connection, List<Notice> notices, List<StoredChange> changes)
      throws SQLException {
    for (StoredChange change : changes) {
      change.store(connection);
    }
    List<Pending> pending = new ArrayList<>();
    for (Notice notice : notices) {
      pending.add(DeliveryLedger.insert(connection, notice));
    }
    return pending;
  }

  /** Stores requests; tells of each whether its key was free. */
  private static List<Boolean> insert(Connection connection, List<NewRequest> added)
      throws SQLException {
    Boolean[] stored = new Boolean[added.size()];
    for (boolean withCommand : new boolean[] {true, false}) {
      List<Integer> places =
          IntStream.range(0, added.size())
              .filter(i -> added.get(i).command().isPresent() == withCommand)
              .boxed()
              .toList();
      if (!places.isEmpty()) {
        List<NewRequest> alike = places.stream().map(added::get).toList();
        int[] counts = insert(connection, alike, INSERT + (withCommand ? MADE : "") + NOTE_STORED);
        for (int i = 0; i < counts.length; i++) {
          stored[places.get(i)] = counts[i] == 1;
        }
      }
    }
    return List.of(stored);
  }

  private static int[] insert(Connection connection, List<NewRequest> added, String sql)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (NewRequest request : added) {
        setInsert(statement, request);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  private static void setInsert(PreparedStatement statement, NewRequest added) throws SQLException {
    StoredRequest request = added.request();
    int next = RequestRows.setId(statement, 1, request.key().id());
    statement.setString(next++, request.key().stage().letter());
    statement.setString(next++, request.service().value());
    statement.setInt(next++, request.variant().number());
    statement.setInt(next++, RequestRows.rank(request.priority()));
    statement.setString(next++, request.deviceType().map(DeviceType::name).orElse(null));
    statement.setObject(next++, RequestRows.utc(added.received()));
    statement.setBytes(next++, added.document().toArray());
    statement.setBytes(next++, added.digest().toArray());
    statement.setBytes(next++, added.answer().toArray());
    next = RequestRows.setState(statement, next, request.state());
    statement.setBytes(next++, added.preCommand().map(Octets::toArray).orElse(null));
    statement.setString(next++, request.role().map(UserRole::name).orElse(null));
    statement.setObject(next++, request.execution().map(RequestRows::utc).orElse(null));
    statement.setObject(next++, request.scheduleId().orElse(null), Types.BIGINT);
    next = setSequence(statement, next, request.sequence());
    if (added.command().isPresent()) {
      next = CommandRows.setInsert(statement, next, added.command().get());
    }
    statement.setString(next, added.rule().orElse(null));
  }

  private static int setSequence(
      PreparedStatement statement, int first, Optional<SequencePlace> place) throws SQLException {
    Optional<MessageId> predecessor = place.flatMap(SequencePlace::predecessor);
    statement.setObject(first, place.map(SequencePlace::position).orElse(null), Types.SMALLINT);
    statement.setObject(
        first + 1, predecessor.map(id -> id.originator().value()).orElse(null), Types.BIGINT);
    statement.setObject(
        first + 2, predecessor.map(id -> id.target().value()).orElse(null), Types.BIGINT);
    statement.setObject(
        first + 3, predecessor.map(id -> id.counter().value()).orElse(null), Types.BIGINT);
    return first + 4;
  }

  /** What a request with this identifier and service was transformed to. */
  public Optional<Transformed> transformed(MessageId request, ServiceReferenceVariant service) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(PRE_COMMAND)) {
        int next = RequestRows.setId(statement, 1, request);
        statement.setString(next, service.value());
        try (ResultSet row = statement.executeQuery()) {
          return row.next()
              ? Optional.of(
                  new Transformed(Octets.of(row.getBytes(1)), RequestRows.instant(row, 2)))
              : Optional.empty();
        }
      }
    });
  }

  /** The request with this identifier at the stage of execution. */
  public Optional<StoredRequest> find(MessageId id) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(FIND)) {
        RequestRows.setId(statement, 1, id);
        return requests(statement).stream().findFirst();
      }
    });
  }

  /** The user's document of a request at this stage. */
  public Optional<Octets> document(RequestKey key) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(DOCUMENT)) {
        int next = RequestRows.setId(statement, 1, key.id());
        statement.setString(next, key.stage().letter());
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? Optional.of(Octets.of(row.getBytes(1))) : Optional.empty();
        }
      }
    });
  }

  /** What is known about a request that another one names as its predecessor. */
  public Optional<Predecessor> predecessor(MessageId id) {
    return find(id)
        .map(found ->
            new Predecessor(
                found.state(),
                found.sequence().map(SequencePlace::position).orElse(0),
                found.sequence().isPresent()));
  }

  /**
   * Takes in hand requests whose time has come, the most urgent first. Nobody else gets them until
   * the claim has passed; then whoever asks next does, for example when this process has died.
   */
  public List<StoredRequest> claimDue(Instant now, Duration claim, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
        statement.setObject(1, RequestRows.utc(now.plus(claim)));
        statement.setObject(2, RequestRows.utc(now));
        statement.setInt(3, max);
        return requests(statement);
      }
    });
  }

  /** Requests to a device that the DSP has not carried out yet, the oldest first. */
  public List<StoredRequest> waitingAt(Eui64 device, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(WAITING_AT_DEVICE)) {
        statement.setLong(1, device.value());
        statement.setInt(2, max);
        return requests(statement);
      }
    });
  }

  private static List<StoredRequest> requests(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<StoredRequest> found = new ArrayList<>();
      while (row.next()) {
        found.add(RequestRows.request(row));
      }
      return found;
    }
  }

  /**
   * A request's next state with everything that is stored with it.
   *
   * @param before the request as it was read
   * @param after the request with its next state
   * @param command the command that was made for it
   * @param rule why, where a rule refused it
   */
  public record Move(
      StoredRequest before,
      StoredRequest after,
      Optional<CommandRecord> command,
      Optional<String> rule,
      List<Notice> notices) {
    /** A move without a command. */
    public static Move to(StoredRequest before, RequestState next, List<Notice> notices) {
      return new Move(before, before.in(next), Optional.empty(), Optional.empty(), notices);
    }
  }

  /**
   * Moves a request on, unless it has moved since it was read.
   *
   * @return the stored notices; empty where the request has moved already
   */
  public Optional<List<Pending>> move(Move move, Instant now, List<StoredChange> changes) {
    return store.transact(connection ->
        move(connection, move, now)
            ? Optional.of(also(connection, move.notices(), changes))
            : Optional.empty());
  }

  /** A move as part of another transaction; nothing happens where the request has moved already. */
  public static StoredChange moving(Move move, Instant now) {
    return connection -> {
      if (move(connection, move, now)) {
        also(connection, move.notices(), List.of());
      }
    };
  }

  /**
   * A move without which the rest of the transaction has no sense.
   *
   * @throws StaleFactsException when it is stored, where the request has moved already
   */
  public static StoredChange movingOrNothing(Move move, Instant now) {
    return connection -> {
      if (!move(connection, move, now)) {
        throw new StaleFactsException("request " + move.before().key().id() + " has moved");
      }
      also(connection, move.notices(), List.of());
    };
  }

  static boolean move(Connection connection, Move move, Instant now) throws SQLException {
    String sql = move.command().isPresent() ? MOVE + MADE + COUNT_STORED : MOVE + COUNT_STORED;
    RequestState before = move.before().state();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = RequestRows.setState(statement, 1, move.after().state());
      statement.setString(next++, move.after().role().map(UserRole::name).orElse(null));
      statement.setObject(
          next++,
          move.after().sequence().map(SequencePlace::position).orElse(null),
          Types.SMALLINT);
      next = RequestRows.setId(statement, next, move.before().key().id());
      statement.setString(next++, RequestRows.word(before));
      statement.setInt(next++, before instanceof AwaitingOutcomes o ? o.arrived() : 0);
      statement.setObject(next++, RequestRows.utc(now));
      statement.setString(next++, move.rule().orElse(null));
      statement.setString(next++, RequestRows.word(before));
      if (move.command().isPresent()) {
        CommandRows.setInsert(statement, next, move.command().get());
      }
      return RequestRows.countsOne(statement);
    }
  }

  /** What a step changes beside the request itself. */
  public static List<StoredChange> changesOf(
      RequestLifecycle.Step step, StoredRequest request, Instant now) {
    return request.sequence().isPresent()
            && step.effects().contains(RequestLifecycle.Effect.RELEASE_FOLLOWERS)
        ? List.of(releasingFollowers(request.key().id(), now))
        : List.of();
  }

  /** Makes the requests due now that wait for this one in a sequence. */
  public static StoredChange releasingFollowers(MessageId predecessor, Instant now) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RELEASE_FOLLOWERS)) {
        statement.setObject(1, RequestRows.utc(now));
        RequestRows.setId(statement, 2, predecessor);
        statement.executeUpdate();
      }
    };
  }

  /**
   * Notes, as part of another transaction, that an alert told what became of one instruction of a
   * future dated command; the same instruction counts once. The row is locked, so that alerts that
   * come together are counted one after the other.
   *
   * @param place which instruction, from 1
   */
  public static StoredChange outcomeArrived(
      MessageId request, int place, int alertCode, Instant now, RequestTimes times) {
    return connection -> {
      if (!noteOutcome(connection, request, place, alertCode, now)) {
        return;
      }
      try (PreparedStatement statement = connection.prepareStatement(FIND + " FOR UPDATE")) {
        RequestRows.setId(statement, 1, request);
        for (StoredRequest locked : requests(statement)) {
          Optional<RequestLifecycle.Step> step =
              RequestLifecycle.decide(
                  locked.state(), new RequestEvent.OutcomeArrived(), now, times);
          if (step.isPresent()) {
            boolean _ = move(connection, Move.to(locked, step.get().state(), List.of()), now);
          }
        }
      }
    };
  }

  private static boolean noteOutcome(
      Connection connection, MessageId request, int place, int alertCode, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OUTCOME)) {
      int next = RequestRows.setId(statement, 1, request);
      statement.setInt(next++, place);
      statement.setInt(next++, alertCode);
      statement.setObject(next, RequestRows.utc(now));
      return statement.executeUpdate() == 1;
    }
  }

  /** How many instructions of a future dated command have been told of. */
  public int outcomesArrived(MessageId request) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(OUTCOMES)) {
        RequestRows.setId(statement, 1, request);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? row.getInt(1) : 0;
        }
      }
    });
  }

  /**
   * Ends, as part of another transaction, requests whose future dated commands a device holds,
   * since their sender has cancelled them there.
   */
  public static StoredChange cancellingAtDevice(StoredRequest cancellation, Instant now) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(AT_DEVICE)) {
        MessageId id = cancellation.key().id();
        statement.setLong(1, id.originator().value());
        statement.setLong(2, id.target().value());
        statement.setString(3, cancellation.service().value());
        for (StoredRequest waiting : requests(statement)) {
          RequestState end = new RequestState.Cancelled(CancellationReason.BY_SENDER);
          boolean _ = move(connection, Move.to(waiting, end, List.of()), now);
        }
      }
    };
  }

  /**
   * Makes a request due now whose predecessor ended while it was being stored: that end could not
   * release it yet.
   */
  public boolean releaseIfPredecessorDone(MessageId follower, Instant now) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(RELEASE_IF_PREDECESSOR_DONE)) {
        statement.setObject(1, RequestRows.utc(now));
        RequestRows.setId(statement, 2, follower);
        return statement.executeUpdate() == 1;
      }
    });
  }
}
