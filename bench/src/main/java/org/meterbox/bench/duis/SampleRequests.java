// SPDX-License-Identifier: Apache-2.0
package org.meterbox.bench.duis;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
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
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.signature.IssuerSerial;
import org.meterbox.duis.signature.Signer;
import org.meterbox.duis.signature.SignerDirectory;
import org.meterbox.duis.signature.XmlSigner;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.kernel.ServiceReferenceVariant;

/** A supplier with a fresh key and certificate, and what it sends: a short and a long request. */
final class SampleRequests {
  static final Eui64 METER = Eui64.parse("00-DB-00-00-00-00-00-01");
  static final Eui64 SUPPLIER = Eui64.parse("90-B3-00-00-00-00-00-03");

  private static final long COUNTER = 1000;

  final SoftwareSigningKey key;
  final Signer signer;
  private final IssuerSerial name;

  SampleRequests(SecureRandom random) {
    KeyPair pair = P256.generate(random);
    X509Certificate certificate = certificate(pair);
    key = SoftwareSigningKey.of(pair);
    name = IssuerSerial.of(certificate);
    try {
      signer = Signer.of(certificate);
    } catch (VerificationException ownCertificate) {
      throw new IllegalStateException(ownCertificate);
    }
  }

  /** Knows this supplier. */
  SignerDirectory directory() {
    return wanted -> wanted.equals(name) ? Optional.of(signer) : Optional.empty();
  }

  /** Read Instantaneous Import Registers. */
  Octets read() {
    return signed(
        "4.1.1",
        CommandVariant.NON_CRITICAL_WAN,
        XmlElement.of("ReadInstantaneousImportRegisters"));
  }

  /** Update Import Tariff (Primary Element) with everything as often as it may be there. */
  Octets tariff() {
    return signed("1.1.1", CommandVariant.TRANSFORM, SampleTariff.element());
  }

  private Octets signed(String variant, CommandVariant command, XmlElement body) {
    RequestDraft draft =
        RequestDraft.single(
            new MessageId(SUPPLIER, METER, new OriginatorCounter(COUNTER)),
            command,
            new ServiceReferenceVariant(variant),
            body);
    return new XmlSigner(key, name).sign(draft.write());
  }

  private static X509Certificate certificate(KeyPair pair) {
    X500Name subject =
        new X500NameBuilder()
            .addRDN(BCStyle.OU, "02")
            .addRDN(
                new ASN1ObjectIdentifier("2.5.4.45"), new DERBitString(SUPPLIER.octets().toArray()))
            .build();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name("OU=07,CN=Z1"),
            BigInteger.valueOf(1234567890),
            Date.from(Instant.parse("2026-01-01T00:00:00Z")),
            Date.from(Instant.parse("2036-01-01T00:00:00Z")),
            subject,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    try {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (CertIOException | OperatorCreationException | CertificateException e) {
      throw new IllegalStateException("the certificate of the sample cannot be made", e);
    }
  }
}
