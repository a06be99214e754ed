// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateKind;

/** A repository for client tools and tests: complete, safe for threads, gone with the process. */
public final class InMemoryCertificateRepository implements CertificateRepository {
  private final SequencedMap<CertificateId, CertificateRecord> records = new LinkedHashMap<>();
  private final Set<PublicKeyHash> keys = new HashSet<>();
  private final SequencedMap<CertificateId, Revocation> revocations = new LinkedHashMap<>();
  private final Map<DistinguishedName, Integer> seats = new HashMap<>();

  @Override
  public synchronized Addition add(CertificateRecord added) {
    CertificateStatus.requireChangeable(added.status());
    CertificateRecord present = records.putIfAbsent(added.id(), added);
    if (present != null) {
      return present.der().equals(added.der())
          ? Addition.ALREADY_PRESENT
          : Addition.OTHER_WITH_SAME_ID;
    }
    keys.add(PublicKeyHash.of(added.certificate().getPublicKey()));
    return Addition.ADDED;
  }

  @Override
  public synchronized Addition addWithFreshKey(CertificateRecord added) {
    return holdsKey(PublicKeyHash.of(added.certificate().getPublicKey()))
        ? Addition.KEY_USED_BEFORE
        : add(added);
  }

  @Override
  public synchronized Optional<CertificateRecord> find(CertificateId id) {
    return Optional.ofNullable(records.get(id));
  }

  @Override
  public List<CertificateRecord> findBySerial(BigInteger serial) {
    return matching(found -> found.certificate().getSerialNumber().equals(serial));
  }

  @Override
  public List<CertificateRecord> findByKeyIdentifier(Octets keyIdentifier) {
    return matching(found -> found.keyIdentifier().equals(keyIdentifier));
  }

  @Override
  public List<CertificateRecord> search(CertificateSearch search) {
    return matching(search::accepts);
  }

  @Override
  public synchronized long countIssuedBy(DistinguishedName issuer) {
    return records.keySet().stream().filter(id -> id.issuer().equals(issuer)).count();
  }

  @Override
  public synchronized int takeSeats(DistinguishedName issuer, int wanted, int seatsMax) {
    int before = seats.computeIfAbsent(issuer, name -> Math.toIntExact(countIssuedBy(name)));
    int after = Math.max(before, Math.min(before + wanted, seatsMax));
    seats.put(issuer, after);
    return after - before;
  }

  @Override
  public synchronized void returnSeats(DistinguishedName issuer, int returned) {
    seats.computeIfPresent(issuer, (_, taken) -> taken - returned);
  }

  @Override
  public synchronized <T> T alone(Supplier<T> work) {
    return work.get();
  }

  @Override
  public synchronized boolean holdsKey(PublicKeyHash key) {
    return keys.contains(key);
  }

  @Override
  public synchronized boolean changeStatus(CertificateId id, CertificateStatus status) {
    CertificateStatus.requireChangeable(status);
    CertificateRecord present = records.get(id);
    if (present == null || present.status() == CertificateStatus.REVOKED) {
      return false;
    }
    records.put(id, present.with(status));
    return true;
  }

  @Override
  public synchronized boolean putIntoUse(CertificateId id) {
    CertificateRecord wanted = records.get(id);
    if (wanted == null
        || wanted.kind() != CertificateKind.DEVICE
        || wanted.status() == CertificateStatus.REVOKED) {
      return false;
    }
    records.replaceAll((other, record) ->
        record.kind() == CertificateKind.DEVICE
                && record.subject().equals(wanted.subject())
                && record.use() == wanted.use()
                && record.status() == CertificateStatus.IN_USE
            ? record.with(CertificateStatus.NOT_IN_USE)
            : record);
    records.put(id, wanted.with(CertificateStatus.IN_USE));
    return true;
  }

  @Override
  public synchronized boolean revoke(CertificateId id, Revocation revocation) {
    CertificateRecord present = records.get(id);
    if (present == null || revocations.putIfAbsent(id, revocation) != null) {
      return false;
    }
    records.put(id, present.with(CertificateStatus.REVOKED));
    return true;
  }

  @Override
  public synchronized Optional<Revocation> revocationOf(CertificateId id) {
    return Optional.ofNullable(revocations.get(id));
  }

  @Override
  public synchronized List<RevokedCertificate> revokedBy(DistinguishedName issuer) {
    return revocations.entrySet().stream()
        .filter(revoked -> revoked.getKey().issuer().equals(issuer))
        .map(revoked -> new RevokedCertificate(revoked.getKey().serial(), revoked.getValue()))
        .toList();
  }

  @Override
  public synchronized List<CertificateRecord> endingBetween(Instant after, Instant until) {
    return records.values().stream()
        .filter(found ->
            found.notAfter().isAfter(after)
                && !found.notAfter().isAfter(until)
                && (found.status() == CertificateStatus.IN_USE
                    || found.status() == CertificateStatus.PENDING))
        .sorted(Comparator.comparing(CertificateRecord::notAfter))
        .limit(RESULTS_MAX)
        .toList();
  }

  private synchronized List<CertificateRecord> matching(Predicate<CertificateRecord> condition) {
    return records.sequencedValues().reversed().stream()
        .filter(condition)
        .sorted(Comparator.comparing(CertificateRecord::notBefore).reversed())
        .limit(RESULTS_MAX)
        .toList();
  }
}
