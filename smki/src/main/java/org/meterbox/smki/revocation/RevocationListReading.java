// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.revocation;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.SignatureDer;
import org.meterbox.smki.repository.CertificateId;
import org.meterbox.smki.repository.DistinguishedName;

/** A revocation list in the hands of somebody who relies on it, its signature checked. */
public final class RevocationListReading {
  /** Longest list accepted, in octets: a hundred thousand entries of about 40. */
  public static final int OCTETS_MAX = 8 * 1024 * 1024;

  private final DistinguishedName issuer;
  private final X509CRL list;

  private RevocationListReading(DistinguishedName issuer, X509CRL list) {
    this.issuer = issuer;
    this.list = list;
  }

  /**
   * Reads a list and checks that this authority signed it.
   *
   * @throws DecodeException where the octets are no revocation list
   * @throws VerificationException where it is another authority's, or forged
   */
  public static RevocationListReading read(Octets der, X509Certificate issuer)
      throws DecodeException, VerificationException {
    X509CRL list = parse(der);
    if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
        || !list.getSigAlgOID().equals(X9ObjectIdentifiers.ecdsa_with_SHA256.getId())) {
      throw new VerificationException("the revocation list is another authority's");
    }
    Optional<EcdsaSignature> signature = SignatureDer.decode(list.getSignature());
    if (signature.isEmpty()) {
      throw new VerificationException("the revocation list has no ECDSA P-256 signature");
    }
    try {
      Signatures.verify(
          P256.publicKey(issuer.getPublicKey()), list.getTBSCertList(), signature.get());
    } catch (CRLException e) {
      throw new IllegalStateException("a parsed revocation list has no encoding", e);
    }
    return new RevocationListReading(DistinguishedName.of(list.getIssuerX500Principal()), list);
  }

  /**
   * Whether the list names this certificate.
   *
   * @throws IllegalArgumentException where another authority issued it: this list cannot say
   */
  public boolean revokes(CertificateId id) {
    if (!id.issuer().equals(issuer)) {
      throw new IllegalArgumentException("the list speaks of certificates of " + issuer);
    }
    return isListed(id.serial());
  }

  /** Whether the list is in force at this moment. */
  public boolean isCurrentAt(Instant moment) {
    boolean begun = !moment.isBefore(list.getThisUpdate().toInstant());
    return begun
        && list.getNextUpdate() != null
        && !moment.isAfter(list.getNextUpdate().toInstant());
  }

  private boolean isListed(BigInteger serial) {
    return list.getRevokedCertificate(serial) != null;
  }

  private static X509CRL parse(Octets der) throws DecodeException {
    if (der.length() > OCTETS_MAX) {
      throw new DecodeException(
          Fault.LIMIT_EXCEEDED, OCTETS_MAX, "CRL", "more than " + OCTETS_MAX + " octets");
    }
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(der.toArray());
      X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
      if (list == null || !Octets.of(list.getEncoded()).equals(der)) {
        throw new DecodeException(Fault.LEFT_OVER, 0, "CRL", "not one revocation list in DER");
      }
      if (list.hasUnsupportedCriticalExtension()) {
        throw new DecodeException(
            Fault.UNEXPECTED_VALUE, 0, "CRL", "a critical extension that is not understood");
      }
      SignatureDer.requireWholeOctets(der, list.getSignature());
      return list;
    } catch (CRLException | CertificateException e) {
      throw new DecodeException(Fault.UNEXPECTED_VALUE, 0, "CRL", "not a revocation list in DER");
    }
  }
}
