// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.dccki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.revocation.RevocationListReading;
import org.meterbox.smki.revocation.SignedRevocationList;
import org.meterbox.store.StoreException;

/**
 * Asks the revocation list of the DCCKI authority that issues TLS certificates. A revocation counts
 * {@link #REFRESH} after its list was signed at the latest. Safe for use by many threads.
 */
public final class TlsRevocation {
  /** For how long a list is used before the latest one is fetched again. */
  public static final Duration REFRESH = Duration.ofSeconds(20);

  private final X509Certificate issuer;
  private final Supplier<Optional<SignedRevocationList>> latest;
  private final InstantSource clock;
  private Optional<Fetched> fetched = Optional.empty();

  private record Fetched(Instant at, Optional<RevocationListReading> list) {}

  /** What the list says of a certificate. */
  public enum Status {
    /** Its issuer has not taken it back. */
    GOOD,
    /** It was taken back, or is of another issuer, which this list cannot vouch for. */
    REVOKED,
    /** No list in force is to be had: nobody can say at this moment. */
    UNKNOWN
  }

  /**
   * Asks these lists.
   *
   * @param issuer the authority that issues TLS certificates and signs the list
   * @param latest its latest list
   */
  public TlsRevocation(
      X509Certificate issuer,
      Supplier<Optional<SignedRevocationList>> latest,
      InstantSource clock) {
    this.issuer = issuer;
    this.latest = latest;
    this.clock = clock;
  }

  /** What the list says of this certificate, which TLS has checked in every other respect. */
  public Status statusOf(X509Certificate certificate) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return Status.REVOKED;
    }
    Instant now = clock.instant();
    return list(now)
        .filter(list -> list.isCurrentAt(now))
        .map(list -> list.revokes(CertificateId.of(certificate)) ? Status.REVOKED : Status.GOOD)
        .orElse(Status.UNKNOWN);
  }

  private synchronized Optional<RevocationListReading> list(Instant now) {
    boolean fresh =
        fetched
            // A clock that was set back must not keep an old list for longer.
            .filter(f -> !now.isBefore(f.at()) && now.isBefore(f.at().plus(REFRESH)))
            .isPresent();
    if (!fresh) {
      fetched = Optional.of(new Fetched(now, fetch()));
    }
    return fetched.flatMap(Fetched::list);
  }

  /** The latest list; where the store does not answer, the one from before as long as it holds. */
  private Optional<RevocationListReading> fetch() {
    Optional<RevocationListReading> before = fetched.flatMap(Fetched::list);
    try {
      Optional<SignedRevocationList> found = latest.get();
      return found.isEmpty()
          ? before
          : Optional.of(RevocationListReading.read(found.get().der(), issuer));
    } catch (StoreException storeIsAway) {
      return before;
    } catch (DecodeException | VerificationException e) {
      throw new IllegalStateException("a revocation list of our own is no good", e);
    }
  }
}
