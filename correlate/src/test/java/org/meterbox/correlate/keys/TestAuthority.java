// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.meterbox.crypto.P256;
import org.meterbox.kernel.Eui64;

/** An issuing authority of the test's own, with SMKI's ways to name a holder. */
final class TestAuthority {
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2060-01-01T00:00:00Z");
  private static final ASN1ObjectIdentifier HARDWARE_MODULE =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

  private final KeyPair key = P256.generate(new SecureRandom());
  private final X500Name name = new X500Name("CN=Z9,OU=07");
  private long serialNumber = 1;

  /** The authority's own certificate. */
  X509Certificate certificate() {
    return issue(
        name,
        key.getPublic(),
        builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0)));
  }

  /** An organisation's: its subject names it. */
  X509Certificate organisation(Eui64 holder, PublicKey holdersKey, int usage) {
    X500Name subject =
        new X500NameBuilder()
            .addRDN(BCStyle.OU, "02")
            .addRDN(BCStyle.UNIQUE_IDENTIFIER, new DERBitString(holder.octets().toArray()))
            .build();
    return issue(
        subject,
        holdersKey,
        builder -> builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage)));
  }

  /** A device's: its alternative name names it. */
  X509Certificate device(Eui64 holder, PublicKey holdersKey, int usage) {
    DERSequence module =
        new DERSequence(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              new ASN1ObjectIdentifier("1.2.826.0.1.8641679.1.2.1.1"),
              new DEROctetString(holder.octets().toArray())
            });
    DERSequence otherName =
        new DERSequence(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              HARDWARE_MODULE, new DERTaggedObject(true, 0, module)
            });
    return issue(
        new X500Name(new org.bouncycastle.asn1.x500.RDN[0]),
        holdersKey,
        builder ->
            builder
                .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                .addExtension(
                    Extension.subjectAlternativeName,
                    true,
                    new GeneralNames(new GeneralName(GeneralName.otherName, otherName))));
  }

  /** Without a word on what the key is for. */
  X509Certificate bare(X500Name subject, PublicKey holdersKey) {
    return issue(subject, holdersKey, builder -> {});
  }

  @FunctionalInterface
  private interface Extensions {
    void add(JcaX509v3CertificateBuilder builder) throws IOException;
  }

  private X509Certificate issue(X500Name subject, PublicKey subjectsKey, Extensions extensions) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(serialNumber++),
              Date.from(FROM),
              Date.from(UNTIL),
              subject,
              subjectsKey);
      extensions.add(builder);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    } catch (IOException | OperatorCreationException | CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
