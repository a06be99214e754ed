// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meterbox.dsp.requests.CommandState.Answered;
import org.meterbox.dsp.requests.CommandState.CommandFailure;
import org.meterbox.dsp.requests.CommandState.Failed;
import org.meterbox.dsp.requests.CommandState.GivenBack;
import org.meterbox.dsp.requests.CommandState.InFlight;
import org.meterbox.dsp.requests.CommandState.Unsupported;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/** How a command stands in a row of the table and in the parameters of a statement. */
final class CommandRows {
  /** What a query selects from {@code dsp.command c} for {@link #command}, in this order. */
  static final String COLUMNS =
      """
      c.device, c.originator, c.counter, c.octets, c.device_type, c.priority, c.state, c.failure,
      c.sends, c.due
      """;

  /** Inserts a command for the request in a row called {@code stored}. */
  static final String INSERT_FOR_STORED =
      """
      INSERT INTO dsp.command
        (device, originator, counter, octets, device_type, priority, state, failure, sends, due,
         request_originator, request_target, request_counter)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, originator, target, counter FROM stored
      """;

  /** The state's columns, in the order of {@link #setState}. */
  static final String STATE_COLUMNS = "state = ?, failure = ?, sends = ?, due = ?";

  private CommandRows() {}

  /** The command that begins in this column. */
  static CommandRecord command(ResultSet row, int first) throws SQLException {
    MessageId id =
        new MessageId(
            new Eui64(row.getLong(first + 1)),
            new Eui64(row.getLong(first)),
            new OriginatorCounter(row.getLong(first + 2)));
    return new CommandRecord(
        new CommandForDevice(id, Octets.of(row.getBytes(first + 3))),
        DeviceType.valueOf(row.getString(first + 4)),
        RequestRows.ranked(row.getInt(first + 5)),
        state(row, first + 6));
  }

  private static CommandState state(ResultSet row, int first) throws SQLException {
    return switch (row.getString(first)) {
      case "IN_FLIGHT" ->
          new InFlight(row.getInt(first + 2), RequestRows.instant(row, first + 3).orElseThrow());
      case "GIVEN_BACK" -> new GivenBack();
      case "ANSWERED" -> new Answered();
      case "UNSUPPORTED" -> new Unsupported();
      case "FAILED" -> new Failed(CommandFailure.valueOf(row.getString(first + 1)));
      default -> throw new SQLException("no state of a command is called " + row.getString(first));
    };
  }

  /**
   * Sets the first ten columns of {@link #INSERT_FOR_STORED}; gives the next parameter's number.
   */
  static int setInsert(PreparedStatement statement, int first, CommandRecord command)
      throws SQLException {
    MessageId id = command.command().id();
    int next = setIdentity(statement, first, id);
    statement.setBytes(next++, command.command().octets().toArray());
    statement.setString(next++, command.deviceType().name());
    statement.setInt(next++, RequestRows.rank(command.priority()));
    return setState(statement, next, command.state());
  }

  /** Sets device, originator and counter and gives the next parameter's number. */
  static int setIdentity(PreparedStatement statement, int first, MessageId id) throws SQLException {
    statement.setLong(first, id.target().value());
    statement.setLong(first + 1, id.originator().value());
    statement.setLong(first + 2, id.counter().value());
    return first + 3;
  }

  /** Sets the parameters of {@link #STATE_COLUMNS} and gives the next parameter's number. */
  static int setState(PreparedStatement statement, int first, CommandState state)
      throws SQLException {
    Optional<InFlight> flying =
        state instanceof InFlight inFlight ? Optional.of(inFlight) : Optional.empty();
    statement.setString(first, word(state));
    statement.setString(first + 1, failure(state));
    statement.setInt(first + 2, flying.map(InFlight::sends).orElse(0));
    statement.setObject(
        first + 3, flying.map(InFlight::deadline).map(RequestRows::utc).orElse(null));
    return first + 4;
  }

  private static String word(CommandState state) {
    return switch (state) {
      case InFlight _ -> "IN_FLIGHT";
      case GivenBack _ -> "GIVEN_BACK";
      case Answered _ -> "ANSWERED";
      case Unsupported _ -> "UNSUPPORTED";
      case Failed _ -> "FAILED";
    };
  }

  private static @Nullable String failure(CommandState state) {
    return state instanceof Failed failed ? failed.failure().name() : null;
  }
}
