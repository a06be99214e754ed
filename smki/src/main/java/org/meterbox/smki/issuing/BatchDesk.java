// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.repository.SmkiSchema;
import org.meterbox.store.BulkCopy;
import org.meterbox.store.Store;

/**
 * Enrols devices by the file. A batch is stored as a whole before it is acknowledged. It is worked
 * on in chunks; the certificates of a chunk, their results and the batch's progress are one
 * transaction, so that a crash at any moment neither loses a request nor certifies one twice.
 * Requests of organisations are refused here: an Authorised Responsible Officer submits those one
 * by one.
 */
public final class BatchDesk {
  /** Most requests in one batch. */
  public static final int REQUESTS_MAX = 250_000;

  /** Most batches that one list shows. */
  public static final int LIST_MAX = 100;

  /** Requests in one transaction: enough to share its cost, few enough to stay flat in memory. */
  static final int CHUNK_REQUESTS = 1000;

  private final Store store;
  private final CertificateIssuer issuer;
  private final Entitlements entitlements;
  private final PostgresAuditLog audit;
  private final InstantSource clock;

  private BatchDesk(
      Store store,
      CertificateIssuer issuer,
      Entitlements entitlements,
      PostgresAuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.issuer = issuer;
    this.entitlements = entitlements;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Brings the schema up to date and opens the desk.
   *
   * @param issuer issues into the repository of this very store
   */
  public static BatchDesk open(
      Store store,
      CertificateIssuer issuer,
      Entitlements entitlements,
      PostgresAuditLog audit,
      InstantSource clock) {
    SmkiSchema.migrate(store);
    return new BatchDesk(store, issuer, entitlements, audit, clock);
  }

  /**
   * Takes in a batch file: one request a line, PKCS#10 in DER and Base64; empty lines and those
   * that begin with {@code #} do not count. Handing in the same file again is harmless.
   *
   * @param actor who hands it in, for the audit log
   * @param file read twice, and to be left alone meanwhile
   * @throws UncheckedIOException where the file cannot be read or changes; nothing is stored then
   */
  public BatchSubmission submit(String actor, Eui64 requester, Path file) {
    if (entitlements.of(requester).isEmpty()) {
      return new BatchSubmission.Refused(
          BatchSubmission.Rule.SUBSCRIBER, requester + " is not an Authorised Subscriber");
    }
    Scan scan = scan(file, (number, request) -> {});
    if (scan.requests() == 0 || scan.requests() > REQUESTS_MAX) {
      return new BatchSubmission.Refused(
          BatchSubmission.Rule.SIZE,
          String.format(
              Locale.ROOT,
              "%s requests where 1 to %d are allowed",
              scan.requests() == 0 ? "no" : "too many",
              REQUESTS_MAX));
    }
    return store.transact(connection -> keep(connection, actor, requester, file, scan));
  }

  private BatchSubmission keep(
      Connection connection, String actor, Eui64 requester, Path file, Scan scan)
      throws SQLException {
    UUID id = UUID.nameUUIDFromBytes(scan.hash().concat(requester.octets()).toArray());
    BatchProgress fresh =
        new BatchProgress(
            id, requester, actor, clock.instant(), scan.requests(), 0, 0, Optional.empty());
    if (!BatchStore.add(connection, fresh, scan.hash())) {
      return new BatchSubmission.KnownBefore(BatchStore.progress(connection, id).orElseThrow());
    }
    try (BulkCopy requests = BatchStore.copyRequests(connection)) {
      Scan written =
          scan(
              file, (number, request) -> requests.row().put(id).put(number).put(request.toArray()));
      if (!written.equals(scan)) {
        throw new UncheckedIOException(new IOException(file + " changed while it was read"));
      }
      requests.finish();
    }
    audit.append(
        connection,
        actor,
        AuditAction.BATCH,
        String.format(
            Locale.ROOT,
            "batch %s of %d requests was handed in for %s",
            id,
            scan.requests(),
            requester));
    return new BatchSubmission.Accepted(fresh);
  }

  /** What one reading of a file found. */
  private record Scan(int requests, Octets hash) {}

  /** Takes the requests of a file one by one. */
  @FunctionalInterface
  interface RequestSink<E extends Exception> {
    void take(int number, Octets request) throws E;
  }

  /** Reads a file to its end, or to one request beyond the limit. */
  private static <E extends Exception> Scan scan(Path file, RequestSink<E> sink) throws E {
    MessageDigest hash = sha256();
    try (InputStream octets = new DigestInputStream(Files.newInputStream(file), hash)) {
      BatchFile lines = new BatchFile(octets);
      int requests = 0;
      Optional<Octets> next = lines.next();
      while (next.isPresent() && requests <= REQUESTS_MAX) {
        requests++;
        sink.take(requests, next.get());
        next = lines.next();
      }
      return new Scan(requests, Octets.of(hash.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How far a batch has come. */
  public Optional<BatchProgress> progress(UUID batch) {
    return store.transact(connection -> BatchStore.progress(connection, batch));
  }

  /**
   * The batches of one requester or, without one, of everybody: the latest first, at most {@link
   * #LIST_MAX}.
   */
  public List<BatchProgress> recent(Optional<Eui64> requester) {
    return store.transact(connection -> BatchStore.recent(connection, requester, LIST_MAX));
  }

  /** Batches that are not finished, oldest first: after a start they go on where they were. */
  public List<UUID> unfinished() {
    return store.transact(BatchStore::unfinished);
  }

  /**
   * Works on the next chunk of a batch. Repeat until it is finished; several workers may try at
   * once, and take turns.
   */
  public BatchProgress work(UUID batch) {
    return alone(batch, run -> run.run(1, progress -> {}));
  }

  /** Works on a batch until it is finished; another worker waits until then. */
  public BatchProgress finish(UUID batch) {
    return finish(batch, progress -> {});
  }

  /**
   * Works on a batch until it is finished.
   *
   * @param listener told of each chunk that is durable
   */
  public BatchProgress finish(UUID batch, Consumer<BatchProgress> listener) {
    return alone(batch, run -> run.run(Integer.MAX_VALUE, listener));
  }

  /** Its lock is the database's, so that it holds for all processes and ends with its holder. */
  private BatchProgress alone(UUID batch, Function<BatchRun, BatchProgress> work) {
    return store.transact(connection -> {
      try (Statement lock = connection.createStatement()) {
        lock.execute("SET LOCAL statement_timeout = 0");
        lock.execute(
            String.format(
                Locale.ROOT,
                "SELECT pg_advisory_xact_lock(%d)",
                batch.getMostSignificantBits() ^ batch.getLeastSignificantBits()));
      }
      BatchProgress before =
          progress(batch)
              .orElseThrow(() -> new IllegalArgumentException("there is no batch " + batch));
      return work.apply(new BatchRun(store, issuer, entitlements, audit, clock, before));
    });
  }

  /** The results so far, from this number on, at most {@link #CHUNK_REQUESTS} at once. */
  public List<BatchResult> results(UUID batch, int from) {
    return store.transact(
        connection -> BatchStore.results(connection, batch, from, CHUNK_REQUESTS));
  }

  /** The first refusals so far, at most this many. */
  public List<BatchResult> refusals(UUID batch, int refusalsMax) {
    return store.transact(connection -> BatchStore.refusals(connection, batch, refusalsMax));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256", CryptoProviders.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider knows no SHA-256", e);
    }
  }
}
