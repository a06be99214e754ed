// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.registration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.meterbox.dsp.registration.RegistrationRecord.Header;
import org.meterbox.dsp.registration.RegistrationRecord.Malformed;
import org.meterbox.dsp.registration.RegistrationRecord.Place;
import org.meterbox.dsp.registration.RegistrationRecord.Responsible;
import org.meterbox.dsp.registration.RegistrationRecord.Trailer;
import org.meterbox.dsp.users.DccUser;
import org.meterbox.dsp.users.UserDirectory;
import org.meterbox.store.Store;

/**
 * Takes in files of registration data: record by record, in one transaction a file. A record that
 * is wrong is rejected and the others are taken; a file that is wrong as a whole leaves nothing
 * behind. Memory does not grow with the file.
 *
 * <p>A meter point has one party in each role at a time. Who becomes responsible ends what the one
 * before had in the same role, from the same moment on.
 */
public final class RegistrationImport {
  /** Rejected records that a report names; all are counted. */
  public static final int REJECTIONS_NAMED_MAX = 1_000;

  private static final int ROWS_AT_A_TIME = 1_000;

  private static final String LAST =
      "SELECT max(number) FROM dsp.registration_file WHERE provider = ?";
  private static final String KEEP_FILE =
      """
      INSERT INTO dsp.registration_file (provider, number, taken, accepted, rejected)
      VALUES (?, ?, ?, ?, ?)
      """;

  /** The advisory lock under which files are taken in one after the other. */
  private static final String ALONE = "SELECT pg_advisory_xact_lock(76170001)";

  private static final String END_BEFORE =
      """
      UPDATE dsp.registration SET valid_until = ?
      WHERE mpxn = ? AND role = ? AND valid_from < ? AND (valid_until IS NULL OR valid_until > ?)
      """;
  private static final String PLACE =
      """
      INSERT INTO dsp.meter_point (mpxn, uprn, post_code, address_identifier) VALUES (?, ?, ?, ?)
      ON CONFLICT (mpxn) DO UPDATE SET uprn = excluded.uprn, post_code = excluded.post_code,
        address_identifier = excluded.address_identifier
      """;

  private final Store store;
  private final UserDirectory users;
  private final InstantSource clock;

  /** Takes files into this store; parties must be among these users. */
  public RegistrationImport(Store store, UserDirectory users, InstantSource clock) {
    this.store = store;
    this.users = users;
    this.clock = clock;
  }

  /** Where the lines come from; opened again where the transaction has to be repeated. */
  @FunctionalInterface
  public interface Lines {
    /** Opens the file at its beginning. */
    Reader open() throws IOException;
  }

  /** What became of a file. */
  public sealed interface Report {
    /**
     * It was taken in.
     *
     * @param rejections the first rejected records, at most {@link #REJECTIONS_NAMED_MAX}
     */
    record Taken(Header header, long accepted, long rejected, List<Rejection> rejections)
        implements Report {
      /** Keeps an unchangeable copy. */
      public Taken {
        rejections = List.copyOf(rejections);
      }
    }

    /** Nothing of it was taken in. */
    record Refused(long line, String why) implements Report {}
  }

  /** A record that was not taken. */
  public record Rejection(long line, String why) {}

  /**
   * Takes a file in.
   *
   * @param progress told how many records have been read
   * @throws IOException where the file cannot be read
   */
  public Report take(Lines lines, LongConsumer progress) throws IOException {
    try {
      return store.transact(connection -> {
        try (Run run = new Run(connection, progress);
            BufferedReader reader = new BufferedReader(lines.open())) {
          return run.take(reader);
        } catch (IOException unreadable) {
          throw new UnreadableException(unreadable);
        }
      });
    } catch (RefusedException refused) {
      return refused.report;
    } catch (UnreadableException unreadable) {
      throw unreadable.reason;
    }
  }

  /** Rolls the transaction back. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Report.Refused report;

    RefusedException(long line, String why) {
      super(why);
      this.report = new Report.Refused(line, why);
    }
  }

  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient IOException reason;

    UnreadableException(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** One file in one transaction. */
  private final class Run implements AutoCloseable {
    private final Connection connection;
    private final LongConsumer progress;
    private final PreparedStatement end;
    private final PreparedStatement register;
    private final PreparedStatement place;
    private final List<Rejection> rejections = new ArrayList<>();
    private final Set<String> inBatch = new HashSet<>();
    private long line;
    private long accepted;
    private long rejected;
    private int batched;

    Run(Connection connection, LongConsumer progress) throws SQLException {
      this.connection = connection;
      this.progress = progress;
      this.end = connection.prepareStatement(END_BEFORE);
      this.register = connection.prepareStatement(RegistrationData.UPSERT);
      this.place = connection.prepareStatement(PLACE);
    }

    Report take(BufferedReader reader) throws IOException, SQLException {
      try (PreparedStatement alone = connection.prepareStatement(ALONE)) {
        alone.execute();
      }
      Header header = header(next(reader));
      for (RegistrationRecord record = next(reader); ; record = next(reader)) {
        if (record instanceof Trailer(long records)) {
          if (records != accepted + rejected) {
            throw refused(
                String.format(
                    Locale.ROOT,
                    "the trailer counts %d records, the file has %d",
                    records,
                    accepted + rejected));
          }
          break;
        }
        take(record);
      }
      if (!readLine(reader).isEmpty()) {
        throw refused("something follows the trailer");
      }
      flush();
      keep(header);
      return new Report.Taken(header, accepted, rejected, rejections);
    }

    private Header header(RegistrationRecord first) throws SQLException {
      if (!(first instanceof Header header)) {
        throw refused("the first line is no header H,1,PROVIDER,NUMBER");
      }
      try (PreparedStatement statement = connection.prepareStatement(LAST)) {
        statement.setString(1, header.provider());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          long last = row.getLong(1);
          if (!row.wasNull() && header.number() != last + 1) {
            throw refused(
                String.format(
                    Locale.ROOT,
                    "file %d of %s came, and %d is next",
                    header.number(),
                    header.provider(),
                    last + 1));
          }
        }
      }
      return header;
    }

    private void take(RegistrationRecord record) throws SQLException {
      switch (record) {
        case Responsible(Registration registration) -> {
          Optional<String> wrong = wrong(registration);
          if (wrong.isPresent()) {
            reject(wrong.get());
            return;
          }
          add(registration);
        }
        case Place known -> add(known);
        case Malformed(String why) -> {
          reject(why);
          return;
        }
        case Header _ -> throw refused("a second header");
        case Trailer _ -> throw new IllegalStateException("the trailer ends the loop");
      }
      accepted++;
      if (++batched == ROWS_AT_A_TIME) {
        flush();
      }
    }

    private Optional<String> wrong(Registration registration) {
      Optional<DccUser> user = users.find(registration.party());
      if (user.isEmpty()) {
        return Optional.of("no DCC User has the identifier " + registration.party().dashed());
      }
      return user.get().roles().contains(registration.role())
          ? Optional.empty()
          : Optional.of(
              registration.party().dashed() + " does not hold the role " + registration.role());
    }

    private void reject(String why) {
      rejected++;
      if (rejections.size() < REJECTIONS_NAMED_MAX) {
        rejections.add(new Rejection(line, why));
      }
    }

    /** What comes for a meter point twice must see what came first. */
    private void add(Registration registration) throws SQLException {
      if (!inBatch.add(registration.mpxn().value() + registration.role())) {
        flush();
        inBatch.add(registration.mpxn().value() + registration.role());
      }
      OffsetDateTime from = utc(registration.from());
      end.setObject(1, from);
      end.setString(2, registration.mpxn().value());
      end.setString(3, registration.role().name());
      end.setObject(4, from);
      end.setObject(5, from);
      end.addBatch();
      RegistrationData.set(register, registration);
      register.addBatch();
    }

    private void add(Place known) throws SQLException {
      place.setString(1, known.mpxn().value());
      place.setObject(2, known.uprn().orElse(null), Types.BIGINT);
      place.setString(3, known.postCode().orElse(null));
      place.setString(4, known.addressIdentifier().orElse(null));
      place.addBatch();
    }

    private void flush() throws SQLException {
      end.executeBatch();
      register.executeBatch();
      place.executeBatch();
      batched = 0;
      inBatch.clear();
      progress.accept(accepted + rejected);
    }

    private void keep(Header header) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(KEEP_FILE)) {
        statement.setString(1, header.provider());
        statement.setLong(2, header.number());
        statement.setObject(3, utc(clock.instant()));
        statement.setLong(4, accepted);
        statement.setLong(5, rejected);
        statement.executeUpdate();
      }
    }

    private RegistrationRecord next(BufferedReader reader) throws IOException {
      Optional<String> text = readLine(reader);
      if (text.isEmpty()) {
        throw refused("the file ends without a trailer Z,RECORDS");
      }
      return RegistrationRecord.read(text.get());
    }

    /** Reads no more of a line than can count; the rest of a longer one is dropped. */
    private Optional<String> readLine(BufferedReader reader) throws IOException {
      StringBuilder text = new StringBuilder();
      int character = reader.read();
      if (character < 0) {
        return Optional.empty();
      }
      line++;
      while (character >= 0 && character != '\n') {
        if (text.length() <= RegistrationRecord.LINE_MAX && character != '\r') {
          text.append((char) character);
        }
        character = reader.read();
      }
      return Optional.of(text.toString());
    }

    private RefusedException refused(String why) {
      return new RefusedException(line, why);
    }

    @Override
    public void close() throws SQLException {
      place.close();
      register.close();
      end.close();
    }
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
