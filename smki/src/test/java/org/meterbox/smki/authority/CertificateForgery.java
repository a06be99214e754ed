// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.Installation;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;

/** Certificates that an honest authority would not make. */
public final class CertificateForgery {
  private CertificateForgery() {}

  /** A supplier's certificate with a serial number of the forger's choice. */
  public static X509Certificate withSerial(
      CertificateAuthority authority, BigInteger serial, ECPublicKey key) {
    return new CertificateMaking(
            CertificateProfile.ORGANISATION_SIGNING,
            new CertificateSubject.Organisation(
                Optional.empty(), RemotePartyRole.SUPPLIER, Installation.SUPPLIER),
            key,
            Installation.START,
            serial)
        .issuedBy(authority.certificate(), authority.signing());
  }

  /** An organisation's certificate that its own key signed. */
  public static X509Certificate selfSigned(SigningKey key) {
    return new CertificateMaking(
            CertificateProfile.ORGANISATION_SIGNING,
            new CertificateSubject.Organisation(
                Optional.empty(), RemotePartyRole.SUPPLIER, Installation.SUPPLIER),
            key.publicKey(),
            Installation.START,
            BigInteger.TWO)
        .selfIssued(key);
  }

  /** A supplier's certificate that names one authority and is signed by another. */
  public static X509Certificate claimingIssuer(
      CertificateAuthority claimed, CertificateAuthority signer, ECPublicKey key) {
    SigningKey mask =
        new SigningKey() {
          @Override
          public EcdsaSignature sign(byte[] content) {
            return signer.signing().sign(content);
          }

          @Override
          public ECPublicKey publicKey() {
            return claimed.signing().publicKey();
          }
        };
    return new CertificateMaking(
            CertificateProfile.ORGANISATION_SIGNING,
            new CertificateSubject.Organisation(
                Optional.empty(), RemotePartyRole.SUPPLIER, Installation.SUPPLIER),
            key,
            Installation.START,
            BigInteger.TEN)
        .issuedBy(claimed.certificate(), mask);
  }
}
