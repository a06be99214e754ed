// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.audit.AuditAction;
import org.meterbox.smki.audit.PostgresAuditLog;
import org.meterbox.smki.authority.CertificateAuthority;
import org.meterbox.smki.issuing.Issuance.Refused;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.FreshCertificate;
import org.meterbox.smki.repository.PostgresCertificateRepository;
import org.meterbox.store.Store;

/**
 * Works on one batch, chunk by chunk, as the only one who does. While one chunk is on its way to
 * the disk the next ones are checked and signed. The certificates of a chunk, their results and the
 * batch's progress are one transaction.
 */
final class BatchRun {
  /** Chunks that are signed before they can be stored; what a crash throws away. */
  private static final int CHUNKS_AHEAD_MAX = 2;

  private final Store store;
  private final CertificateIssuer issuer;
  private final Entitlements entitlements;
  private final PostgresAuditLog audit;
  private final InstantSource clock;
  private BatchProgress progress;

  BatchRun(
      Store store,
      CertificateIssuer issuer,
      Entitlements entitlements,
      PostgresAuditLog audit,
      InstantSource clock,
      BatchProgress progress) {
    this.store = store;
    this.issuer = issuer;
    this.entitlements = entitlements;
    this.audit = audit;
    this.clock = clock;
    this.progress = progress;
  }

  /** What was decided on one request. */
  private sealed interface Decision {
    /** It may have a certificate. */
    record Allowed(CertificateIssuer.Reading.Proven request, Eui64 device) implements Decision {}

    /** It has one, as soon as that is stored. */
    record Signed(FreshCertificate certificate) implements Decision {}

    /** It has none. */
    record Denied(Refused refusal) implements Decision {}
  }

  /**
   * A chunk ready to be stored.
   *
   * @param seats what was taken for it, by authority
   */
  private record Chunk(List<Decision> decisions, Map<DistinguishedName, Integer> seats) {}

  /** Works on this many chunks at most. */
  BatchProgress run(int chunksMax, Consumer<BatchProgress> listener) {
    int end =
        (int)
            Math.min(
                progress.requests(), progress.done() + (long) chunksMax * BatchDesk.CHUNK_REQUESTS);
    int next = progress.done() + 1;
    Deque<Future<Chunk>> ahead = new ArrayDeque<>();
    try (ExecutorService signer = Executors.newSingleThreadExecutor()) {
      try {
        while (progress.done() < end) {
          while (ahead.size() < CHUNKS_AHEAD_MAX && next <= end) {
            int from = next;
            ahead.add(signer.submit(() -> prepare(from)));
            next += BatchDesk.CHUNK_REQUESTS;
          }
          Chunk chunk = await(ahead.remove());
          progress = store.transact(connection -> store(connection, chunk));
          listener.accept(progress);
        }
      } finally {
        ahead.forEach(this::giveUp);
      }
    }
    return progress;
  }

  private static Chunk await(Future<Chunk> chunk) {
    try {
      return chunk.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the batch goes on where it was", e);
    }
  }

  /** What was signed and will not be stored leaves its seats to others. */
  private void giveUp(Future<Chunk> prepared) {
    prepared.cancel(false);
    if (prepared.state() == Future.State.SUCCESS) {
      store.transact(connection -> {
        returnSeats(connection, prepared.resultNow().seats());
        return prepared;
      });
    }
  }

  private Chunk prepare(int from) {
    List<Octets> requests =
        store.transact(connection ->
            BatchStore.requests(connection, progress.id(), from, BatchDesk.CHUNK_REQUESTS));
    Optional<Entitlements.Entitlement> entitlement = entitlements.of(progress.requester());
    List<Decision> decided =
        IntStream.range(0, requests.size())
            .parallel()
            .mapToObj(i -> decide(requests.get(i), entitlement))
            .toList();
    int wanted = (int) decided.stream().filter(Decision.Allowed.class::isInstance).count();
    List<CertificateAuthority> seats = new ArrayList<>(wanted);
    Map<DistinguishedName, Integer> taken = new HashMap<>();
    while (seats.size() < wanted) {
      CertificateIssuer.Seats some = issuer.takeSeats(wanted - seats.size());
      taken.merge(some.authority().name(), some.count(), Integer::sum);
      for (int i = 0; i < some.count(); i++) {
        seats.add(some.authority());
      }
    }
    // All of a chunk's certificates begin in one second, and one look at each authority is enough.
    Instant now = clock.instant();
    Map<CertificateAuthority, Optional<Refused>> faults = new HashMap<>();
    for (CertificateAuthority authority : seats) {
      faults.computeIfAbsent(
          authority, each -> issuer.faultOf(each, CertificateProfile.DEVICE_SIGNING, now));
    }
    return new Chunk(sign(decided, seats, faults, now), taken);
  }

  private Decision decide(Octets csr, Optional<Entitlements.Entitlement> entitlement) {
    return switch (CertificateIssuer.read(progress.requester(), csr, CellUsage.MANAGEMENT)) {
      case CertificateIssuer.Reading.Broken(Refused refusal) -> new Decision.Denied(refusal);
      case CertificateIssuer.Reading.Proven proven -> {
        Optional<Refused> refusal = IssuingRules.check(proven.request(), entitlement);
        if (refusal.isPresent()) {
          yield new Decision.Denied(refusal.get());
        }
        yield proven.request().subject() instanceof CertificateSubject.Device(Eui64 device)
            ? new Decision.Allowed(proven, device)
            : new Decision.Denied(
                new Refused(
                    IssuingRule.PROFILE, "a batch is for devices; this is an organisation's"));
      }
    };
  }

  /** Signs what is allowed, on all processors, each below the authority of its seat. */
  private static List<Decision> sign(
      List<Decision> decided,
      List<CertificateAuthority> seats,
      Map<CertificateAuthority, Optional<Refused>> faults,
      Instant now) {
    int[] seatOf = new int[decided.size()];
    int next = 0;
    for (int i = 0; i < seatOf.length; i++) {
      seatOf[i] = decided.get(i) instanceof Decision.Allowed ? next++ : -1;
    }
    return IntStream.range(0, seatOf.length)
        .parallel()
        .mapToObj(i -> {
          if (!(decided.get(i) instanceof Decision.Allowed allowed)) {
            return decided.get(i);
          }
          CertificateAuthority authority = seats.get(seatOf[i]);
          return faults
              .getOrDefault(authority, Optional.empty())
              .<Decision>map(Decision.Denied::new)
              .orElseGet(() -> sign(allowed, authority, now));
        })
        .toList();
  }

  private static Decision sign(
      Decision.Allowed allowed, CertificateAuthority authority, Instant now) {
    KeyUse use = allowed.request().request().use();
    return new Decision.Signed(
        authority.certifyDevice(allowed.device(), use, allowed.request().key(), now));
  }

  private BatchProgress store(Connection connection, Chunk chunk) throws SQLException {
    List<FreshCertificate> signed =
        chunk.decisions().stream()
            .filter(Decision.Signed.class::isInstance)
            .map(decision -> ((Decision.Signed) decision).certificate())
            .toList();
    List<Boolean> added = PostgresCertificateRepository.addAllWithFreshKeys(connection, signed);
    UUID batch = progress.id();
    int issued = 0;
    int place = 0;
    Map<DistinguishedName, Integer> unused = new HashMap<>(chunk.seats());
    try (BatchStore.ResultWriter results =
        new BatchStore.ResultWriter(connection, batch, progress.done())) {
      for (Decision decision : chunk.decisions()) {
        switch (decision) {
          case Decision.Denied(Refused refusal) -> results.refused(refusal);
          case Decision.Signed(FreshCertificate certificate) -> {
            if (added.get(place++)) {
              results.issued(certificate.id());
              unused.merge(certificate.id().issuer(), -1, Integer::sum);
              issued++;
            } else {
              results.refused(CertificateIssuer.keyUsedBefore());
            }
          }
          case Decision.Allowed _ -> throw new IllegalStateException("a seat without a signature");
        }
      }
      results.finish();
    }
    returnSeats(connection, unused);
    return advance(connection, chunk.decisions().size(), issued);
  }

  private static void returnSeats(Connection connection, Map<DistinguishedName, Integer> seats)
      throws SQLException {
    for (Map.Entry<DistinguishedName, Integer> unused : seats.entrySet()) {
      if (unused.getValue() > 0) {
        PostgresCertificateRepository.returnSeats(connection, unused.getKey(), unused.getValue());
      }
    }
  }

  private BatchProgress advance(Connection connection, int done, int issued) throws SQLException {
    BatchProgress after = BatchStore.advance(connection, progress, done, issued, clock.instant());
    if (after.isFinished()) {
      audit.append(
          connection,
          progress.submittedBy(),
          AuditAction.BATCH,
          String.format(
              Locale.ROOT,
              "batch %s is finished: %d certificates for %d requests",
              progress.id(),
              after.issued(),
              after.requests()));
    }
    return after;
  }
}
