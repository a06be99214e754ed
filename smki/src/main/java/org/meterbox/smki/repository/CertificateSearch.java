// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.repository;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.KeyUse;

/**
 * Which certificates to find; an absent condition is no condition.
 *
 * @param statuses the stored statuses wanted; expiry is judged by the caller
 */
public record CertificateSearch(
    Optional<Eui64> subject,
    Optional<CertificateKind> kind,
    Optional<RemotePartyRole> role,
    Optional<KeyUse> use,
    Optional<CellUsage> cellUsage,
    Set<CertificateStatus> statuses) {

  /** Refuses an empty set of statuses, which nothing could meet. */
  public CertificateSearch {
    statuses = Set.copyOf(statuses);
    if (statuses.isEmpty()) {
      throw new IllegalArgumentException("a search without any status finds nothing");
    }
  }

  /** Every certificate. */
  public static CertificateSearch all() {
    return new CertificateSearch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        EnumSet.allOf(CertificateStatus.class));
  }

  /** Every certificate of one organisation or device. */
  public static CertificateSearch of(Eui64 subject) {
    return new CertificateSearch(
        Optional.of(subject),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        EnumSet.allOf(CertificateStatus.class));
  }

  /** Only certificates of this kind. */
  public CertificateSearch kind(CertificateKind wanted) {
    return new CertificateSearch(subject, Optional.of(wanted), role, use, cellUsage, statuses);
  }

  /** Only certificates that name this role. */
  public CertificateSearch role(RemotePartyRole wanted) {
    return new CertificateSearch(subject, kind, Optional.of(wanted), use, cellUsage, statuses);
  }

  /** Only certificates for this use. */
  public CertificateSearch use(KeyUse wanted) {
    return new CertificateSearch(subject, kind, role, Optional.of(wanted), cellUsage, statuses);
  }

  /** Only certificates for this usage in a device's cells. */
  public CertificateSearch cellUsage(CellUsage wanted) {
    return new CertificateSearch(subject, kind, role, use, Optional.of(wanted), statuses);
  }

  /** Only certificates in use. */
  public CertificateSearch inUse() {
    return new CertificateSearch(
        subject, kind, role, use, cellUsage, EnumSet.of(CertificateStatus.IN_USE));
  }

  /** Whether this certificate meets every condition. */
  public boolean accepts(CertificateRecord found) {
    return subject.equals(subject.isEmpty() ? subject : found.subject())
        && kind.map(wanted -> wanted == found.kind()).orElse(true)
        && role.map(wanted -> found.role().equals(Optional.of(wanted))).orElse(true)
        && use.map(wanted -> wanted == found.use()).orElse(true)
        && cellUsage.map(wanted -> wanted == found.cellUsage()).orElse(true)
        && statuses.contains(found.status());
  }
}
