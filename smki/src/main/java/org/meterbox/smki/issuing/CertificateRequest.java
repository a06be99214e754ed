// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.security.PublicKey;
import java.util.Optional;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.profile.CellUsage;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyUse;

/**
 * A wish for a certificate, after its proof of possession was checked or, within this process, is
 * not needed.
 *
 * @param requester who asks
 * @param subject whom the certificate would name
 * @param use the one purpose of the key
 * @param cellUsage whether an organisation's key agreement key would serve prepayment top-ups
 * @param key the public key, not yet known to be on P-256
 */
public record CertificateRequest(
    Eui64 requester, CertificateSubject subject, KeyUse use, CellUsage cellUsage, PublicKey key) {

  /** An organisation asks for a certificate of its own, without a common name. */
  public static CertificateRequest organisation(
      Eui64 organisation, RemotePartyRole role, KeyUse use, PublicKey key) {
    return new CertificateRequest(
        organisation,
        new CertificateSubject.Organisation(Optional.empty(), role, organisation),
        use,
        CellUsage.MANAGEMENT,
        key);
  }

  /** A supplier asks for the certificate of its top-up key. */
  public static CertificateRequest topUp(Eui64 supplier, PublicKey key) {
    return new CertificateRequest(
        supplier,
        new CertificateSubject.Organisation(Optional.empty(), RemotePartyRole.SUPPLIER, supplier),
        KeyUse.KEY_AGREEMENT,
        CellUsage.PREPAYMENT_TOP_UP,
        key);
  }

  /** Somebody asks for a device's certificate. */
  public static CertificateRequest device(
      Eui64 requester, Eui64 device, KeyUse use, PublicKey key) {
    return new CertificateRequest(
        requester, new CertificateSubject.Device(device), use, CellUsage.MANAGEMENT, key);
  }
}
