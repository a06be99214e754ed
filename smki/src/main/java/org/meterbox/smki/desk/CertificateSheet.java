// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.desk;

import java.util.List;
import java.util.Optional;
import org.meterbox.smki.repository.CertificateRecord;
import org.meterbox.smki.repository.CertificateStatus;
import org.meterbox.smki.repository.Revocation;

/**
 * All about one certificate.
 *
 * @param status as of now, so that an ended one is expired
 * @param chain its issuers up to the root, as far as the repository knows them
 * @param revocation when and why it was taken back, if it was
 */
public record CertificateSheet(
    CertificateRecord record,
    CertificateStatus status,
    List<CertificateRecord> chain,
    Optional<Revocation> revocation) {
  /** Keeps the chain as it is now. */
  public CertificateSheet {
    chain = List.copyOf(chain);
  }
}
