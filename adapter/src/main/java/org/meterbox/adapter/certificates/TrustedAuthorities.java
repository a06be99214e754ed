// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Which certificates a user believes: those that one of its trusted authorities signed and whose
 * dates cover the present, and single ones that it was told to believe as they are.
 */
public final class TrustedAuthorities {
  private final List<X509Certificate> authorities;
  private final Set<X509Certificate> pinned;
  private final InstantSource clock;

  /** Trusts these issuing authorities, which the user has checked up to their root. */
  public TrustedAuthorities(List<X509Certificate> authorities, InstantSource clock) {
    this(authorities, Set.of(), clock);
  }

  /**
   * Trusts these authorities, and single certificates whatever their issuer and dates.
   *
   * @param pinned published test certificates, for example; empty for real use
   */
  public TrustedAuthorities(
      List<X509Certificate> authorities, Set<X509Certificate> pinned, InstantSource clock) {
    this.authorities = List.copyOf(authorities);
    this.pinned = Set.copyOf(pinned);
    this.clock = clock;
  }

  /** Whether the certificate is to be believed now. */
  public boolean vouchFor(X509Certificate certificate) {
    if (pinned.contains(certificate)) {
      return true;
    }
    Instant now = clock.instant();
    boolean inForce =
        !now.isBefore(certificate.getNotBefore().toInstant())
            && !now.isAfter(certificate.getNotAfter().toInstant());
    return inForce && authorities.stream().anyMatch(authority -> issued(authority, certificate));
  }

  private static boolean issued(X509Certificate authority, X509Certificate certificate) {
    if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        || authority.getBasicConstraints() < 0) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException notByThisOne) {
      return false;
    }
  }
}
