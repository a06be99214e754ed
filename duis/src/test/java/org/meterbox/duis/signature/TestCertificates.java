// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.meterbox.kernel.Eui64;

/** Certificates of organisations, good ones and others, each signed by its own key. */
public final class TestCertificates {
  public static final int SIGNING = KeyUsage.digitalSignature;
  static final int AGREEMENT = KeyUsage.keyAgreement;

  private static final ASN1ObjectIdentifier UNIQUE_IDENTIFIER =
      new ASN1ObjectIdentifier("2.5.4.45");

  private TestCertificates() {}

  /** A certificate as the organisation profile has it. */
  public static X509Certificate of(
      KeyPair keys, Eui64 party, String organizationalUnit, int keyUsage) {
    X500Name subject =
        new X500NameBuilder()
            .addRDN(BCStyle.OU, organizationalUnit)
            .addRDN(UNIQUE_IDENTIFIER, new DERBitString(party.octets().toArray()))
            .build();
    return of(keys, keys.getPublic(), subject, Optional.of(keyUsage));
  }

  /** Any certificate. */
  static X509Certificate of(
      KeyPair signingKeys, PublicKey key, X500Name subject, Optional<Integer> keyUsage) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("OU=07,CN=Z1"),
              BigInteger.valueOf(1234567890),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2036-01-01T00:00:00Z")),
              subject,
              SubjectPublicKeyInfo.getInstance(key.getEncoded()));
      if (keyUsage.isPresent()) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage.get()));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signingKeys.getPrivate())));
    } catch (IOException | OperatorCreationException | CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
