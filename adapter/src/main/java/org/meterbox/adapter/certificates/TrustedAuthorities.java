// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The certificate authorities that a user trusts. A certificate counts only if one of them signed
 * it and its dates cover the present.
 */
public final class TrustedAuthorities {
  private final List<X509Certificate> authorities;
  private final InstantSource clock;

  /** Trusts these issuing authorities, which the user has checked up to their root. */
  public TrustedAuthorities(List<X509Certificate> authorities, InstantSource clock) {
    this.authorities = List.copyOf(authorities);
    this.clock = clock;
  }

  /** Whether the certificate is to be believed now. */
  public boolean vouchFor(X509Certificate certificate) {
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
