// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.schedules;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.dsp.requests.StoredChange;
import org.meterbox.duis.DuisReader;
import org.meterbox.duis.Reading;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.store.Store;

/** The rows of schedules. Safe for use by many threads. */
public final class ScheduleLedger {
  private static final String INSERT =
      """
      INSERT INTO dsp.schedule
        (id, owner, device, srv, created, document, state, next_number, next_run)
      VALUES (?, ?, ?, ?, ?, ?, 'ACTIVE', ?, ?)
      """;
  private static final String COLUMNS = "SELECT id, owner, document FROM dsp.schedule ";
  private static final String BY_ID = COLUMNS + "WHERE id = ? AND owner = ? AND state = 'ACTIVE'";
  private static final String BY_DEVICE =
      COLUMNS + "WHERE device = ? AND owner = ? AND state = 'ACTIVE' ORDER BY id LIMIT ?";
  private static final String AT_DEVICE =
      COLUMNS + "WHERE device = ? AND state = 'ACTIVE' ORDER BY id LIMIT ?";
  private static final String REMOVE =
      """
      UPDATE dsp.schedule SET state = 'REMOVED', reason = ?, next_run = NULL
      WHERE id = ? AND state = 'ACTIVE'
      """;
  private static final String CLAIM =
      """
      UPDATE dsp.schedule s SET claimed_until = ?
      FROM (SELECT id FROM dsp.schedule
            WHERE next_run <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
            ORDER BY next_run LIMIT ? FOR UPDATE SKIP LOCKED) d
      WHERE s.id = d.id
      RETURNING s.id, s.owner, s.document, s.next_number
      """;
  private static final String ADVANCE =
      """
      UPDATE dsp.schedule
      SET next_number = ?, next_run = ?, claimed_until = NULL,
          state = CASE WHEN ?::timestamptz IS NULL THEN 'ENDED' ELSE state END
      WHERE id = ? AND next_number = ? AND state = 'ACTIVE'
      """;

  private final Store store;
  private final DuisReader reader;
  private final Duration spread;

  /**
   * The schedules in this store.
   *
   * @param spread over how much of the day runs without a start time of their own are spread
   */
  public ScheduleLedger(Store store, DuisReader reader, Duration spread) {
    this.store = store;
    this.reader = reader;
    this.spread = spread;
  }

  /** A schedule with the run that is due. */
  public record DueRun(Schedule schedule, int number) {}

  /** An identifier that no schedule has had. */
  public long nextId() {
    return store.statement(connection -> {
      try (PreparedStatement statement =
              connection.prepareStatement("SELECT nextval('dsp.schedule_id')");
          ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("a sequence gives a number");
        }
        return row.getLong(1);
      }
    });
  }

  /** When a schedule runs whose owner does not say: spread evenly, always the same for one. */
  public LocalTime timeWithoutOwn(long id) {
    // Steps of the golden ratio: however many schedules there are, they stand apart evenly.
    double turn = id * 0.6180339887498949 % 1;
    return LocalTime.ofSecondOfDay((long) (turn * spread.toSeconds()));
  }

  /**
   * Stores a new schedule as part of another transaction.
   *
   * @param document the 5.1 request as received
   * @param first its first run
   */
  public static StoredChange creating(
      Schedule schedule, Octets document, ScheduleCalendar.Run first, Instant now) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        statement.setLong(1, schedule.id());
        statement.setLong(2, schedule.owner().value());
        statement.setLong(3, schedule.device().value());
        statement.setString(4, schedule.service().value());
        statement.setObject(5, utc(now));
        statement.setBytes(6, document.toArray());
        statement.setInt(7, first.number());
        statement.setObject(8, utc(first.at()));
        statement.executeUpdate();
      }
    };
  }

  /** Ends a schedule as part of another transaction. */
  public static StoredChange removing(long id, ScheduleRemovalReason reason) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
        statement.setString(1, reason.name());
        statement.setLong(2, id);
        statement.executeUpdate();
      }
    };
  }

  /** Sets a schedule's next run as part of another transaction; without one the schedule ends. */
  public static StoredChange advancing(DueRun done, Optional<ScheduleCalendar.Run> next) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
        statement.setInt(1, next.map(ScheduleCalendar.Run::number).orElse(done.number() + 1));
        Optional<OffsetDateTime> at = next.map(ScheduleCalendar.Run::at).map(ScheduleLedger::utc);
        statement.setObject(2, at.orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(3, at.orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setLong(4, done.schedule().id());
        statement.setInt(5, done.number());
        statement.executeUpdate();
      }
    };
  }

  /** Sets a schedule's next run in a transaction of its own. */
  public void advance(DueRun done, Optional<ScheduleCalendar.Run> next) {
    store.transact(connection -> {
      advancing(done, next).store(connection);
      return done;
    });
  }

  /** An owner's schedule. */
  public Optional<Schedule> find(long id, Eui64 owner) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
        statement.setLong(1, id);
        statement.setLong(2, owner.value());
        return schedules(statement).stream().findFirst();
      }
    });
  }

  /** An owner's schedules on a device, at most {@link Schedule#PER_USER_AND_DEVICE_MAX}. */
  public List<Schedule> of(Eui64 device, Eui64 owner) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(BY_DEVICE)) {
        statement.setLong(1, device.value());
        statement.setLong(2, owner.value());
        statement.setInt(3, Schedule.PER_USER_AND_DEVICE_MAX);
        return schedules(statement);
      }
    });
  }

  /** Everybody's schedules on a device. */
  public List<Schedule> at(Eui64 device, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(AT_DEVICE)) {
        statement.setLong(1, device.value());
        statement.setInt(2, max);
        return schedules(statement);
      }
    });
  }

  /**
   * Takes in hand schedules that are to run, the longest due first. Nobody else gets them until the
   * claim has passed.
   */
  public List<DueRun> claimDue(Instant now, Duration claim, int max) {
    return store.statement(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
        statement.setObject(1, utc(now.plus(claim)));
        statement.setObject(2, utc(now));
        statement.setObject(3, utc(now));
        statement.setInt(4, max);
        try (ResultSet row = statement.executeQuery()) {
          List<DueRun> found = new ArrayList<>();
          while (row.next()) {
            found.add(new DueRun(schedule(row), row.getInt(4)));
          }
          return found;
        }
      }
    });
  }

  private List<Schedule> schedules(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<Schedule> found = new ArrayList<>();
      while (row.next()) {
        found.add(schedule(row));
      }
      return found;
    }
  }

  private Schedule schedule(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    if (!(reader.readRequest(Octets.of(row.getBytes(3)))
        instanceof Reading.Valid<ServiceRequest>(ServiceRequest request))) {
      throw new SQLException(
          String.format(Locale.ROOT, "the stored request of schedule %d cannot be read", id));
    }
    try {
      return Schedule.read(id, new Eui64(row.getLong(2)), request.body(), timeWithoutOwn(id));
    } catch (ElementException e) {
      throw new SQLException(
          String.format(Locale.ROOT, "the stored request of schedule %d is wrong", id), e);
    }
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
