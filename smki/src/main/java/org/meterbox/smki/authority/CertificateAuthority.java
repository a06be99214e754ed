// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.CertificateKind;
import org.meterbox.smki.profile.CertificateProfile;
import org.meterbox.smki.profile.CertificateSubject;
import org.meterbox.smki.profile.KeyIdentifiers;
import org.meterbox.smki.profile.KeyUse;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.DistinguishedName;
import org.meterbox.smki.repository.FreshCertificate;
import org.meterbox.smki.repository.PublicKeyHash;
import org.meterbox.smki.repository.RevokedCertificate;
import org.meterbox.smki.vault.HeldKey;

/**
 * An authority in possession of its key: it certifies whatever it is told to. Whether it should is
 * for {@code org.meterbox.smki.issuing} to decide.
 */
public final class CertificateAuthority {
  /** Length of a serial number, in octets. */
  public static final int SERIAL_OCTETS = 16;

  private final CertificateKind kind;
  private final HeldKey key;
  private final SecureRandom random;
  private final DistinguishedName name;

  /** The newest template of each device profile. */
  private final Map<KeyUse, DeviceCertificateTemplate> templates = new ConcurrentHashMap<>();

  CertificateAuthority(CertificateKind kind, HeldKey key, SecureRandom random) {
    this.kind = kind;
    this.key = key;
    this.random = random;
    this.name = DistinguishedName.of(key.chain().getFirst().getSubjectX500Principal());
  }

  /** What this authority is. */
  public CertificateKind kind() {
    return kind;
  }

  /** Its certificate. */
  public X509Certificate certificate() {
    return key.chain().getFirst();
  }

  /** Its certificate, then its issuers up to the root. */
  public List<X509Certificate> chain() {
    return key.chain();
  }

  /**
   * Certifies a key from this second on.
   *
   * @param holder the public key of the certificate's holder
   */
  public X509Certificate certify(
      CertificateProfile profile, CertificateSubject subject, ECPublicKey holder, Instant now) {
    return new CertificateMaking(profile, subject, holder, now, newSerial(random))
        .issuedBy(certificate(), signing());
  }

  /** Its name, as the issuer of what it signs. */
  public DistinguishedName name() {
    return name;
  }

  /**
   * Certifies a device's key from this second on: octet for octet what {@link #certify} makes, but
   * from a template, for batches.
   *
   * @param holder the public key of the device
   * @throws IllegalArgumentException for a use that devices have no profile for
   */
  public FreshCertificate certifyDevice(Eui64 device, KeyUse use, ECPublicKey holder, Instant now) {
    CertificateProfile profile =
        CertificateProfile.device(use)
            .orElseThrow(() -> new IllegalArgumentException("devices have no key for " + use));
    byte[] serial = newSerial(random).toByteArray();
    byte[] encodedKey = holder.getEncoded();
    byte[] toBeSigned = template(use, profile, now).toBeSigned(serial, device, encodedKey);
    Instant notBefore = CertificateProfile.startingAt(now);
    return new FreshCertificate(
        new CertificateId(name, new BigInteger(serial)),
        device,
        use,
        notBefore,
        profile.lifetime().end(notBefore),
        KeyIdentifiers.ofPoint(DeviceCertificateTemplate.point(encodedKey)),
        PublicKeyHash.ofEncoded(encodedKey),
        DeviceCertificateTemplate.assemble(toBeSigned, signing().sign(toBeSigned)));
  }

  private DeviceCertificateTemplate template(KeyUse use, CertificateProfile profile, Instant now) {
    DeviceCertificateTemplate present = templates.get(use);
    if (present != null && present.isOf(now)) {
      return present;
    }
    DeviceCertificateTemplate next =
        DeviceCertificateTemplate.of(profile, certificate(), signing(), now, random);
    templates.put(use, next);
    return next;
  }

  /**
   * Signs a complete list of what this authority has taken back.
   *
   * @param number above the number of every list before
   * @param thisUpdate the moment of which the list speaks
   * @param nextUpdate when the next one is out at the latest
   * @return the list in DER
   */
  public Octets signRevocationList(
      long number, Instant thisUpdate, Instant nextUpdate, List<RevokedCertificate> revoked) {
    return new RevocationListMaking(
            number,
            CertificateProfile.startingAt(thisUpdate),
            CertificateProfile.startingAt(nextUpdate),
            revoked)
        .signedBy(certificate(), signing());
  }

  /** Its key, which never leaves the vault. */
  SigningKey signing() {
    return key.signing();
  }

  /** Random, positive and of exactly 16 octets, so the first octet is 01 to 7F. */
  static BigInteger newSerial(SecureRandom random) {
    byte[] octets = new byte[SERIAL_OCTETS];
    do {
      random.nextBytes(octets);
      octets[0] &= 0x7F;
    } while (octets[0] == 0);
    return new BigInteger(octets);
  }

  @Override
  public String toString() {
    return kind + " " + certificate().getSubjectX500Principal();
  }
}
