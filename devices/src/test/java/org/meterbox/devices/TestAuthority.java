// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.meterbox.devices.security.KeyUse;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** Issues organisation certificates for tests. */
public final class TestAuthority {
  private static final KeyPair ISSUER = pair();
  private static BigInteger serial = BigInteger.ONE;

  private TestAuthority() {}

  /** A certificate in the profile of the SMKI. */
  public static Octets certificate(
      Eui64 subject, RemotePartyRole role, KeyUse use, ECPublicKey key) {
    try {
      X500Name name =
          new X500NameBuilder()
              .addRDN(BCStyle.OU, String.format(Locale.ROOT, "%02X", role.code()))
              .addRDN(BCStyle.UNIQUE_IDENTIFIER, new DERBitString(subject.octets().toArray()))
              .build();
      serial = serial.add(BigInteger.ONE);
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=Test"),
              serial,
              Date.from(Instant.parse("2020-01-01T00:00:00Z")),
              Date.from(Instant.parse("2040-01-01T00:00:00Z")),
              name,
              SubjectPublicKeyInfo.getInstance(key.getEncoded()));
      byte[] keyId = Arrays.copyOf(key.getW().getAffineX().toByteArray(), 8);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits(use)));
      builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId));
      return Octets.of(
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(ISSUER.getPrivate()))
              .getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int bits(KeyUse use) {
    return switch (use) {
      case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
      case KEY_AGREEMENT -> KeyUsage.keyAgreement;
      case KEY_CERT_SIGN -> KeyUsage.keyCertSign;
    };
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
