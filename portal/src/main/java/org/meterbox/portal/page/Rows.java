// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;

/** Reads rows of the store. */
public final class Rows {
  private Rows() {}

  /** Makes something of one row. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads the row. */
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a query and reads every row. */
  public static <T> List<T> all(PreparedStatement query, Reader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(reader.read(row));
      }
    }
    return found;
  }

  /** Sets parameters from the first on; an absent value is a null of the database. */
  public static void set(PreparedStatement query, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      query.setObject(i + 1, value(values[i]).orElse(null));
    }
  }

  private static Optional<Object> value(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.flatMap(Rows::value);
      case Eui64 eui -> Optional.of(eui.value());
      case OriginatorCounter counter -> Optional.of(counter.value());
      case Instant at -> Optional.of(at.atOffset(ZoneOffset.UTC));
      default -> Optional.of(value);
    };
  }

  /** A moment. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A moment that may be absent. */
  public static Optional<Instant> findInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** A text that may be absent. */
  public static Optional<String> findText(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** An EUI-64. */
  public static Eui64 eui(ResultSet row, String column) throws SQLException {
    return new Eui64(row.getLong(column));
  }

  /** An EUI-64 that may be absent. */
  public static Optional<Eui64> findEui(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(new Eui64(value));
  }

  /** An identifier that may be absent, in the columns originator, target and counter. */
  public static Optional<MessageId> findMessageId(ResultSet row) throws SQLException {
    return findEui(row, "originator").isPresent() ? Optional.of(messageId(row)) : Optional.empty();
  }

  /** The identifier in the columns originator, target and counter. */
  public static MessageId messageId(ResultSet row) throws SQLException {
    return new MessageId(
        eui(row, "originator"), eui(row, "target"), new OriginatorCounter(row.getLong("counter")));
  }
}
