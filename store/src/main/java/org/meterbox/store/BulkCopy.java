// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Many rows into one table by PostgreSQL's {@code COPY ... (FORMAT binary)}, as part of its
 * caller's transaction: no statement, no text and no round trip for each row. The values of a row
 * come in the order of the columns, each by the method for its column's type; the database refuses
 * anything else as a whole.
 */
public final class BulkCopy implements AutoCloseable {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int FLUSH_OCTETS = 64 * 1024;
  private static final int NULL = -1;
  private static final short END = -1;

  /** From where PostgreSQL counts its microseconds. */
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final CopyIn copy;
  private final short columns;
  private ByteBuffer buffer = ByteBuffer.allocate(2 * FLUSH_OCTETS);

  private BulkCopy(CopyIn copy, int columns) {
    this.copy = copy;
    this.columns = (short) columns;
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  /**
   * Begins to copy.
   *
   * @param connection of the {@link Store}
   * @param table with its schema; a constant of the program, never input
   * @param columns constants of the program too
   */
  public static BulkCopy into(Connection connection, String table, String... columns)
      throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "COPY %s (%s) FROM STDIN (FORMAT binary)",
            table,
            String.join(", ", columns));
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    return new BulkCopy(copy, columns.length);
  }

  /** Begins the next row. */
  public BulkCopy row() throws SQLException {
    if (buffer.position() >= FLUSH_OCTETS) {
      flush();
    }
    ensure(Short.BYTES).putShort(columns);
    return this;
  }

  /** A bigint. */
  public BulkCopy put(long value) {
    ensure(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    return this;
  }

  /** An integer. */
  public BulkCopy put(int value) {
    ensure(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
    return this;
  }

  /** A smallint. */
  public BulkCopy put(short value) {
    ensure(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort(value);
    return this;
  }

  /** A boolean. */
  public BulkCopy put(boolean value) {
    ensure(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /** A text. */
  public BulkCopy put(String value) {
    return put(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A bytea. */
  public BulkCopy put(byte[] value) {
    ensure(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  /** A uuid. */
  public BulkCopy put(UUID value) {
    ensure(Integer.BYTES + 2 * Long.BYTES)
        .putInt(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits());
    return this;
  }

  /** A timestamptz, cut to whole microseconds. */
  public BulkCopy put(Instant value) {
    return put(ChronoUnit.MICROS.between(EPOCH, value));
  }

  /** No value, whatever the column's type. */
  public BulkCopy putNull() {
    ensure(Integer.BYTES).putInt(NULL);
    return this;
  }

  /**
   * Ends the copying.
   *
   * @return how many rows the table has got
   * @throws SQLException where the rows break a constraint; the transaction can go on from a
   *     savepoint before the copying only
   */
  public long finish() throws SQLException {
    ensure(Short.BYTES).putShort(END);
    flush();
    return copy.endCopy();
  }

  /** Gives up what was not finished; the transaction can go on from a savepoint before it only. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private ByteBuffer ensure(int octets) {
    if (buffer.remaining() < octets) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + octets));
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }
}
