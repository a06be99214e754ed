// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.smki;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateSearch;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.store.Store;

/** Look-ups among many certificates, one after the other. */
final class LookingUp {
  private static final int ROWS_AT_ONCE = 50_000;

  /**
   * Copies of a certificate under other identifiers: for the database rows like any other, and made
   * inside it, which is faster than any way into it.
   */
  private static final String FILL =
      """
      INSERT INTO smki.certificate
        (serial, issuer, subject, kind, key_use, top_up, status, not_before, not_after,
         key_identifier, key_hash, key_was_fresh, der)
      SELECT decode('02' || substr(md5('a' || n), 3), 'hex'), issuer, subject + (1::bigint << 32) + n / 2,
             kind, CASE n % 2 WHEN 0 THEN 'DS' ELSE 'KA' END,
             top_up, status, not_before, not_after, substr(sha256(n::text::bytea), 1, 8),
             sha256(n::text::bytea), true, der
      FROM generate_series(?, ?) AS n,
           (SELECT * FROM smki.certificate WHERE subject = ? LIMIT 1) AS pattern
      """;

  private final Store store;
  private final PrintWriter progress;
  private final PostgresCertificateRepository repository;

  LookingUp(Store store, PrintWriter progress) {
    this.store = store;
    this.progress = progress;
    repository = PostgresCertificateRepository.open(store);
  }

  /** Milliseconds of one kind of look-up. */
  record Measured(String by, double medianMillis, double p99Millis) {}

  /** Fills the repository up; tells how many certificates it has. */
  int fill(int certificates) {
    int present = count();
    int done = present;
    while (done < certificates) {
      int from = done;
      int to = Math.min(certificates, done + ROWS_AT_ONCE);
      store.transact(connection -> {
        try (PreparedStatement insert = connection.prepareStatement(FILL)) {
          insert.setInt(1, from);
          insert.setInt(2, to - 1);
          insert.setLong(3, Enrolling.FIRST_DEVICE.value());
          return insert.executeUpdate();
        }
      });
      done = to;
      progress.printf(
          Locale.ROOT, "  %,d of %,d certificates in the repository%n", done, certificates);
      progress.flush();
    }
    store.statement(connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.execute("VACUUM (ANALYZE) smki.certificate");
      }
    });
    return count();
  }

  private int count() {
    return store.statement(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT count(*) FROM smki.certificate")) {
        row.next();
        return row.getInt(1);
      }
    });
  }

  /** One certificate of the sample. */
  private record Known(Eui64 subject, BigInteger serial, Octets keyIdentifier) {}

  List<Measured> measure(int lookUps) {
    progress.printf(Locale.ROOT, "  looking up%n");
    progress.flush();
    List<Known> sample = sample(lookUps);
    List<Measured> measured = new ArrayList<>();
    measured.add(
        measure("EUI-64", sample, known -> repository.findBySubject(known.subject()).size()));
    measured.add(
        measure(
            "EUI-64, use and status",
            sample,
            known ->
                repository
                    .search(
                        CertificateSearch.of(known.subject()).use(KeyUse.DIGITAL_SIGNATURE).inUse())
                    .size()));
    measured.add(
        measure("serial number", sample, known -> repository.findBySerial(known.serial()).size()));
    measured.add(
        measure(
            "key identifier",
            sample,
            known -> repository.findByKeyIdentifier(known.keyIdentifier()).size()));
    return measured;
  }

  private static Measured measure(String by, List<Known> sample, ToIntFunction<Known> lookUp) {
    double[] millis = new double[sample.size()];
    // Twice, and the second time counts: the first one warms up the JVM, not only the database.
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < millis.length; i++) {
        long began = System.nanoTime();
        int found = lookUp.applyAsInt(sample.get(i));
        millis[i] = (System.nanoTime() - began) / 1e6;
        if (found == 0) {
          throw new IllegalStateException(sample.get(i) + " was not found");
        }
      }
    }
    Arrays.sort(millis);
    return new Measured(by, millis[millis.length / 2], millis[(int) (millis.length * 0.99)]);
  }

  private List<Known> sample(int size) {
    List<Known> sample = new ArrayList<>();
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    String some =
        "SELECT subject, serial, key_identifier FROM smki.certificate TABLESAMPLE SYSTEM (20)"
            + " WHERE kind = 'DEVICE' LIMIT "
            + 4 * size;
    store.statement(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(some)) {
        while (row.next()) {
          sample.add(known(row));
        }
        return sample.size();
      }
    });
    List<Known> chosen = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      chosen.add(sample.get(random.nextInt(sample.size())));
    }
    return chosen;
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        new Eui64(row.getLong(1)), new BigInteger(row.getBytes(2)), Octets.of(row.getBytes(3)));
  }
}
