// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.dsp.requests.RequestKey.Stage;
import org.meterbox.dsp.requests.RequestState.Answered;
import org.meterbox.dsp.requests.RequestState.AwaitingCosParty;
import org.meterbox.dsp.requests.RequestState.AwaitingOutcomes;
import org.meterbox.dsp.requests.RequestState.Cancelled;
import org.meterbox.dsp.requests.RequestState.Expired;
import org.meterbox.dsp.requests.RequestState.Failed;
import org.meterbox.dsp.requests.RequestState.Held;
import org.meterbox.dsp.requests.RequestState.InFlight;
import org.meterbox.dsp.requests.RequestState.Quarantined;
import org.meterbox.dsp.requests.RequestState.Refused;
import org.meterbox.dsp.requests.RequestState.WaitingForPredecessor;
import org.meterbox.dsp.requests.StoredRequest.SequencePlace;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/** How a request stands in a row of the table and in the parameters of a statement. */
final class RequestRows {
  /** What a query selects from {@code dsp.request r} for {@link #request}, in this order. */
  static final String COLUMNS =
      """
      r.originator, r.target, r.counter, r.stage, r.srv, r.variant, r.priority, r.device_type,
      r.state, r.reason, r.due, r.role, r.execution, r.schedule, r.sequence_position,
      r.predecessor_originator, r.predecessor_target, r.predecessor_counter, r.outcomes_total,
      r.outcomes_arrived, r.quarantine_event
      """;

  /** Number of columns in {@link #COLUMNS}. */
  static final int COUNT = 21;

  /** The state's columns, in the order of {@link #setState}. */
  static final String STATE_COLUMNS =
      "state = ?, reason = ?, due = ?, outcomes_total = ?, outcomes_arrived = ?,"
          + " quarantine_event = ?";

  private RequestRows() {}

  /** The request in this row. */
  static StoredRequest request(ResultSet row) throws SQLException {
    MessageId id = messageId(row, 1);
    Optional<MessageId> predecessor = optionalMessageId(row, 16);
    return new StoredRequest(
        new RequestKey(id, Stage.of(row.getString(4))),
        new ServiceReferenceVariant(row.getString(5)),
        CommandVariant.of(row.getInt(6)).orElseThrow(),
        ranked(row.getInt(7)),
        Optional.ofNullable(row.getString(8)).map(DeviceType::valueOf),
        state(row, predecessor),
        Optional.ofNullable(row.getString(12)).map(UserRole::valueOf),
        instant(row, 13),
        optionalLong(row, 14),
        sequence(row, predecessor));
  }

  private static Optional<SequencePlace> sequence(ResultSet row, Optional<MessageId> predecessor)
      throws SQLException {
    int position = row.getInt(15);
    return row.wasNull() ? Optional.empty() : Optional.of(new SequencePlace(predecessor, position));
  }

  private static RequestState state(ResultSet row, Optional<MessageId> predecessor)
      throws SQLException {
    String reason = row.getString(10);
    return switch (row.getString(9)) {
      case "HELD" -> new Held(due(row));
      case "WAITING_FOR_PREDECESSOR" ->
          new WaitingForPredecessor(predecessor.orElseThrow(), due(row));
      case "AWAITING_COS_PARTY" -> new AwaitingCosParty(due(row));
      case "IN_FLIGHT" -> new InFlight();
      case "AWAITING_OUTCOMES" -> new AwaitingOutcomes(row.getInt(19), row.getInt(20), due(row));
      case "QUARANTINED" -> new Quarantined(row.getLong(21));
      case "ANSWERED" -> new Answered();
      case "REFUSED" -> new Refused(ResponseCode.find(reason).orElseThrow());
      case "FAILED" -> new Failed(FailureReason.valueOf(reason));
      case "CANCELLED" -> new Cancelled(CancellationReason.valueOf(reason));
      case "EXPIRED" -> new Expired(FailureReason.valueOf(reason));
      default -> throw new SQLException("no state of a request is called " + row.getString(9));
    };
  }

  private static Instant due(ResultSet row) throws SQLException {
    return instant(row, 11)
        .orElseThrow(() -> new SQLException("a request that waits has a time to look at it"));
  }

  /** The word for a state in the table and in the audit. */
  static String word(RequestState state) {
    return switch (state) {
      case Held _ -> "HELD";
      case WaitingForPredecessor _ -> "WAITING_FOR_PREDECESSOR";
      case AwaitingCosParty _ -> "AWAITING_COS_PARTY";
      case InFlight _ -> "IN_FLIGHT";
      case AwaitingOutcomes _ -> "AWAITING_OUTCOMES";
      case Quarantined _ -> "QUARANTINED";
      case Answered _ -> "ANSWERED";
      case Refused _ -> "REFUSED";
      case Failed _ -> "FAILED";
      case Cancelled _ -> "CANCELLED";
      case Expired _ -> "EXPIRED";
    };
  }

  private static @Nullable String reason(RequestState state) {
    return switch (state) {
      case Refused refused -> refused.code().code();
      case Failed failed -> failed.reason().name();
      case Cancelled cancelled -> cancelled.reason().name();
      case Expired expired -> expired.reason().name();
      case RequestState.Open _, Answered _ -> null;
    };
  }

  /** Sets the parameters of {@link #STATE_COLUMNS} and gives the next parameter's number. */
  static int setState(PreparedStatement statement, int first, RequestState state)
      throws SQLException {
    AwaitingOutcomes outcomes =
        state instanceof AwaitingOutcomes awaiting
            ? awaiting
            : new AwaitingOutcomes(0, 0, Instant.EPOCH);
    statement.setString(first, word(state));
    statement.setString(first + 1, reason(state));
    statement.setObject(first + 2, state.due().map(RequestRows::utc).orElse(null));
    statement.setInt(first + 3, outcomes.total());
    statement.setInt(first + 4, outcomes.arrived());
    statement.setObject(
        first + 5,
        state instanceof Quarantined quarantined ? quarantined.event() : null,
        Types.BIGINT);
    return first + 6;
  }

  /** Sets originator, target and counter and gives the next parameter's number. */
  static int setId(PreparedStatement statement, int first, MessageId id) throws SQLException {
    statement.setLong(first, id.originator().value());
    statement.setLong(first + 1, id.target().value());
    statement.setLong(first + 2, id.counter().value());
    return first + 3;
  }

  static MessageId messageId(ResultSet row, int first) throws SQLException {
    return new MessageId(
        new Eui64(row.getLong(first)),
        new Eui64(row.getLong(first + 1)),
        new OriginatorCounter(row.getLong(first + 2)));
  }

  private static Optional<MessageId> optionalMessageId(ResultSet row, int first)
      throws SQLException {
    MessageId id = messageId(row, first);
    return row.wasNull() ? Optional.empty() : Optional.of(id);
  }

  static Optional<Long> optionalLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  /** The most urgent first, so that rows sort by it. */
  static int rank(Priority priority) {
    return switch (priority) {
      case SUPPLY -> 0;
      case CRITICAL -> 1;
      case ON_DEMAND -> 2;
      case BULK -> 3;
    };
  }

  static Priority ranked(int rank) throws SQLException {
    return switch (rank) {
      case 0 -> Priority.SUPPLY;
      case 1 -> Priority.CRITICAL;
      case 2 -> Priority.ON_DEMAND;
      case 3 -> Priority.BULK;
      default -> throw new SQLException("no priority has the rank " + rank);
    };
  }

  static boolean countsOne(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() && row.getLong(1) == 1;
    }
  }
}
