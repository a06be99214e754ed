// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.meterbox.crypto.CryptoProviders;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.issuing.Issuance.Issued;
import org.meterbox.smki.issuing.Issuance.Refused;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.smki.repository.SmkiSchema;
import org.meterbox.store.Store;

/**
 * Enrols devices by the file. A batch is stored as a whole before it is acknowledged. It is worked
 * on in chunks; the certificates of a chunk, their results and the batch's progress are one
 * transaction, so that a crash at any moment neither loses a request nor certifies one twice.
 */
public final class BatchDesk {
  /** Most requests in one batch. */
  public static final int REQUESTS_MAX = 250_000;

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
          "%s requests where 1 to %d are allowed"
              .formatted(scan.requests() == 0 ? "no" : "too many", REQUESTS_MAX));
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
      return new BatchSubmission.KnownBefore(
          BatchStore.progress(connection, id, false).orElseThrow());
    }
    try (BatchStore.RequestWriter writer = new BatchStore.RequestWriter(connection, id)) {
      if (!scan(file, writer).equals(scan)) {
        throw new UncheckedIOException(new IOException(file + " changed while it was read"));
      }
    }
    audit.append(
        connection,
        actor,
        AuditAction.BATCH,
        "batch %s of %d requests was handed in for %s".formatted(id, scan.requests(), requester));
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
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new DigestInputStream(Files.newInputStream(file), hash),
                StandardCharsets.US_ASCII))) {
      BatchFile lines = new BatchFile(reader);
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
    return store.transact(connection -> BatchStore.progress(connection, batch, false));
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
    // Asked first: within the transaction it would take a second connection.
    Optional<Entitlements.Entitlement> entitlement =
        progress(batch).flatMap(progress -> entitlements.of(progress.requester()));
    return store.transact(connection -> work(connection, batch, entitlement));
  }

  /** Works on a batch until it is finished. */
  public BatchProgress finish(UUID batch) {
    BatchProgress progress = work(batch);
    while (!progress.isFinished()) {
      progress = work(batch);
    }
    return progress;
  }

  /** The results so far, from this number on, at most {@link #CHUNK_REQUESTS} at once. */
  public List<BatchResult> results(UUID batch, int from) {
    return store.transact(
        connection -> BatchStore.results(connection, batch, from, CHUNK_REQUESTS));
  }

  private BatchProgress work(
      Connection connection, UUID batch, Optional<Entitlements.Entitlement> entitlement)
      throws SQLException {
    BatchProgress before =
        BatchStore.progress(connection, batch, true)
            .orElseThrow(() -> new IllegalArgumentException("there is no batch " + batch));
    if (before.isFinished()) {
      return before;
    }
    List<Octets> requests =
        BatchStore.requests(connection, batch, before.done() + 1, CHUNK_REQUESTS);
    List<Signed> signed =
        IntStream.range(0, requests.size())
            .parallel()
            .mapToObj(i -> sign(before, i, requests.get(i), entitlement))
            .toList();
    Set<CertificateId> added =
        PostgresCertificateRepository.addAllWithFreshKeys(connection, inUseOncePerDevice(signed));
    List<BatchResult> results = signed.stream().map(each -> each.result(added)).toList();
    BatchStore.addResults(connection, batch, results);
    BatchProgress after = BatchStore.advance(connection, before, results, clock.instant());
    if (after.isFinished()) {
      audit.append(
          connection,
          before.submittedBy(),
          AuditAction.BATCH,
          "batch %s is finished: %d certificates for %d requests"
              .formatted(batch, after.issued(), after.requests()));
    }
    return after;
  }

  /** One request of a chunk and what was decided on it. */
  private record Signed(int number, Issuance issuance) {
    BatchResult result(Set<CertificateId> added) {
      return switch (issuance) {
        case Refused(IssuingRule rule, String detail) ->
            new BatchResult.Refused(number, rule, detail);
        case Issued issued when added.contains(issued.record().id()) ->
            new BatchResult.Issued(number, issued.record());
        case Issued _ -> {
          Refused used = CertificateIssuer.keyUsedBefore();
          yield new BatchResult.Refused(number, used.rule(), used.detail());
        }
      };
    }
  }

  private Signed sign(
      BatchProgress batch, int index, Octets csr, Optional<Entitlements.Entitlement> entitlement) {
    int number = batch.done() + 1 + index;
    return switch (CertificateIssuer.read(batch.requester(), csr, CellUsage.MANAGEMENT)) {
      case CertificateIssuer.Reading.Broken(Refused refusal) -> new Signed(number, refusal);
      case CertificateIssuer.Reading.Proven(CertificateRequest request) ->
          new Signed(
              number,
              issuer.sign(
                  request, P256.publicKey(request.key()), entitlement, CertificateStatus.IN_USE));
    };
  }

  /** A second certificate for one device and use in the same chunk waits like any later one. */
  private static List<CertificateRecord> inUseOncePerDevice(List<Signed> signed) {
    record Place(Optional<Eui64> subject, KeyUse use) {}
    Set<Place> taken = new HashSet<>();
    List<CertificateRecord> records = new ArrayList<>();
    for (Signed each : signed) {
      if (each.issuance() instanceof Issued issued) {
        CertificateRecord record = issued.record();
        boolean first = taken.add(new Place(record.subject(), record.use()));
        records.add(first ? record : record.with(CertificateStatus.PENDING));
      }
    }
    return records;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256", CryptoProviders.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider knows no SHA-256", e);
    }
  }
}
