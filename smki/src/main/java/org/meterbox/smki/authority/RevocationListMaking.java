// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.meterbox.crypto.SigningKey;
import org.meterbox.kernel.Octets;
import org.meterbox.smki.profile.KeyIdentifiers;
import org.meterbox.smki.repository.Revocation;
import org.meterbox.smki.repository.RevokedCertificate;

/** A complete revocation list in the making (RFC 5280 section 5). */
record RevocationListMaking(
    long number, Instant thisUpdate, Instant nextUpdate, List<RevokedCertificate> revoked) {

  Octets signedBy(X509Certificate issuer, SigningKey key) {
    X509v2CRLBuilder list =
        new X509v2CRLBuilder(
            X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
            Date.from(thisUpdate));
    list.setNextUpdate(Date.from(nextUpdate));
    try {
      for (RevokedCertificate entry : revoked) {
        Date at = Date.from(entry.revocation().at());
        if (entry.revocation().reason() == Revocation.Reason.UNSPECIFIED) {
          // RFC 5280 section 5.3.1: no reason is said by leaving the extension out.
          list.addCRLEntry(entry.serial(), at, 0);
        } else {
          ExtensionsGenerator extensions = new ExtensionsGenerator();
          extensions.addExtension(
              Extension.reasonCode, false, CRLReason.lookup(entry.revocation().reason().code()));
          list.addCRLEntry(entry.serial(), at, extensions.generate());
        }
      }
      list.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new AuthorityKeyIdentifier(KeyIdentifiers.of(key.publicKey()).toArray()));
      list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
      return Octets.of(list.build(new AuthoritySigner(key)).getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("a revocation list of our own making does not encode", e);
    }
  }
}
