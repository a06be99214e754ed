// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.credentials;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.meterbox.crypto.P256;
import org.meterbox.devices.Party;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** A root, its issuing authority and the certificates that it issues. */
final class TestPki {
  static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2040-01-01T00:00:00Z");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ASN1ObjectIdentifier WRAPPED_CONTINGENCY_KEY =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.20");
  private static final ASN1ObjectIdentifier AES_256_WRAP_PAD =
      new ASN1ObjectIdentifier("2.16.840.1.101.3.4.1.48");

  private final X500Name rootName;
  private final X500Name issuerName;
  private final KeyPair root = P256.generate(RANDOM);
  private final KeyPair issuer = P256.generate(RANDOM);
  private final KeyPair contingency = P256.generate(RANDOM);
  private final byte[] symmetricKey = new byte[32];
  private BigInteger serial = BigInteger.ONE;

  TestPki(String name) {
    rootName = authority(name + " root", "00");
    issuerName = authority(name + " issuer", "07");
    RANDOM.nextBytes(symmetricKey);
  }

  private static X500Name authority(String name, String unit) {
    return new X500NameBuilder().addRDN(BCStyle.OU, unit).addRDN(BCStyle.CN, name).build();
  }

  Octets symmetricKey() {
    return Octets.of(symmetricKey);
  }

  KeyPair contingency() {
    return contingency;
  }

  /** The root's certificate with the wrapped contingency key. */
  Octets root() {
    return authority(rootName, root, rootName, root, false, true);
  }

  /** The root's key certified by the root before it. */
  Octets rootCertifiedBy(TestPki before) {
    return authority(before.rootName, before.root, rootName, root, false, false);
  }

  Octets issuing() {
    return authority(rootName, root, issuerName, issuer, true, false);
  }

  /** A certificate of an issuing authority that may issue nothing. */
  Octets issuingWithoutAuthority() {
    try {
      return sign(
          builder(rootName, root, issuerName, P256.publicKey(issuer.getPublic()), FROM, TO)
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
          root);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Octets certificate(Party party, KeyUse use) {
    return certificate(party, party.role(), use, FROM, TO);
  }

  Octets certificate(Party party, RemotePartyRole role, KeyUse use, Instant from, Instant to) {
    return certificate(party, role, bits(use), use, from, to);
  }

  Octets certificate(
      Party party, RemotePartyRole role, int usage, KeyUse use, Instant from, Instant to) {
    X500Name name =
        new X500NameBuilder()
            .addRDN(BCStyle.OU, String.format(Locale.ROOT, "%02X", role.code()))
            .addRDN(BCStyle.UNIQUE_IDENTIFIER, new DERBitString(party.id().octets().toArray()))
            .build();
    ECPublicKey key =
        use == KeyUse.KEY_AGREEMENT ? party.agreement().publicKey() : party.signing().publicKey();
    try {
      return sign(
          builder(issuerName, issuer, name, key, from, to)
              .addExtension(Extension.keyUsage, true, new KeyUsage(usage)),
          issuer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A device's certificate; who issued it is nothing that a device looks at. */
  Octets device(Eui64 device, int usage, ECPublicKey key) {
    ASN1EncodableVector module = new ASN1EncodableVector();
    module.add(new ASN1ObjectIdentifier("1.2.826.0.1.8641679.1.2.2.1"));
    module.add(new DEROctetString(device.octets().toArray()));
    GeneralName name =
        new GeneralName(
            GeneralName.otherName,
            new OtherName(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4"), new DERSequence(module)));
    try {
      return sign(
          builder(issuerName, issuer, new X500Name(""), key, FROM, TO)
              .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
              .addExtension(Extension.subjectAlternativeName, true, new GeneralNames(name)),
          issuer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static int bits(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
      case KEY_AGREEMENT -> KeyUsage.keyAgreement;
      case KEY_CERT_SIGN -> KeyUsage.keyCertSign;
    };
  }

  private Octets authority(
      X500Name issuedBy,
      KeyPair signer,
      X500Name name,
      KeyPair pair,
      boolean isLast,
      boolean withContingency) {
    try {
      X509v3CertificateBuilder builder =
          builder(issuedBy, signer, name, P256.publicKey(pair.getPublic()), FROM, TO)
              .addExtension(
                  Extension.basicConstraints,
                  true,
                  isLast ? new BasicConstraints(0) : new BasicConstraints(true))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      if (withContingency) {
        builder.addExtension(WRAPPED_CONTINGENCY_KEY, false, wrappedContingencyKey());
      }
      return sign(builder, signer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private DERSequence wrappedContingencyKey() {
    try {
      Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(symmetricKey, "AES"));
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(new AlgorithmIdentifier(AES_256_WRAP_PAD));
      parts.add(new DEROctetString(cipher.doFinal(contingency.getPublic().getEncoded())));
      return new DERSequence(parts);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509v3CertificateBuilder builder(
      X500Name issuedBy, KeyPair signer, X500Name name, ECPublicKey key, Instant from, Instant to)
      throws IOException {
    serial = serial.add(BigInteger.ONE);
    return new X509v3CertificateBuilder(
            issuedBy,
            serial,
            Date.from(from),
            Date.from(to),
            name,
            SubjectPublicKeyInfo.getInstance(key.getEncoded()))
        .addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(key)))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            new AuthorityKeyIdentifier(keyId(P256.publicKey(signer.getPublic()))));
  }

  private static Octets sign(X509v3CertificateBuilder builder, KeyPair signer) {
    try {
      return Octets.of(
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
              .getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] keyId(ECPublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 8, encoded.length);
  }

  /** The key identifier of a party's key. */
  static Octets keyId(Party party, KeyUse use) {
    return Octets.of(
        keyId(
            Optional.of(use).filter(KeyUse.KEY_AGREEMENT::equals).isPresent()
                ? party.agreement().publicKey()
                : party.signing().publicKey()));
  }
}
