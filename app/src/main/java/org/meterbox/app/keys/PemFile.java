// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.RemotePartyRole;

/** What one file of keys holds: a public key, with or without a certificate, or a private key. */
sealed interface PemFile {
  /** The most octets of a file. */
  int MAX_FILE_OCTETS = 64 * 1024;

  /** A key that others may know, with what its certificate says, where it has one. */
  record PublicKey(ECPublicKey key, Optional<Certified> certified) implements PemFile {}

  /**
   * A certificate.
   *
   * @param role of its holder; {@link RemotePartyRole#OTHER} of a device
   * @param der the certificate's octets
   */
  record Certified(RemotePartyRole role, Octets der) {}

  /** A key that nobody else may know, with its public half. */
  record PrivatePair(PrivateKey key, ECPublicKey publicKey) implements PemFile {}

  /** A file that can be read and holds no certificate. */
  final class NoCertificateException extends IOException {
    private static final long serialVersionUID = 1L;

    NoCertificateException(Throwable cause) {
      super("there is no certificate in it", cause);
    }
  }

  /** The certificate in a file, in PEM or DER. */
  static X509Certificate certificate(Path file) throws IOException {
    byte[] content = Files.readAllBytes(bounded(file));
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(content));
    } catch (CertificateException other) {
      throw new NoCertificateException(other);
    }
  }

  /** The private key in a file, for signing. */
  static SoftwareSigningKey signingKey(Path file) throws IOException {
    try {
      if (read(file) instanceof PrivatePair(PrivateKey key, ECPublicKey publicKey)) {
        return new SoftwareSigningKey(key, publicKey);
      }
    } catch (IllegalArgumentException notOnP256) {
      throw new IOException(
          String.format(Locale.ROOT, "%s: %s", file, notOnP256.getMessage()), notOnP256);
    }
    throw new IOException(file + ": there is no private key in it");
  }

  /** What the file holds, in PEM. */
  static PemFile read(Path file) throws IOException {
    String text = Files.readString(bounded(file), StandardCharsets.ISO_8859_1);
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        switch (block) {
          case X509CertificateHolder certificate -> {
            return new PublicKey(
                publicKey(certificate.getSubjectPublicKeyInfo()),
                Optional.of(new Certified(role(certificate), Octets.of(certificate.getEncoded()))));
          }
          case SubjectPublicKeyInfo key -> {
            return new PublicKey(publicKey(key), Optional.empty());
          }
          case PrivateKeyInfo key -> {
            return privatePair(key);
          }
          case PEMKeyPair pair -> {
            return privatePair(pair.getPrivateKeyInfo());
          }
          default -> {
            // Curve parameters stand before a private key in the form of SEC 1.
          }
        }
      }
    }
    throw new IOException("there is no certificate and no key in it");
  }

  private static Path bounded(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_OCTETS) {
      throw new IOException(
          String.format(Locale.ROOT, "a key file has at most %d octets", MAX_FILE_OCTETS));
    }
    return file;
  }

  private static ECPublicKey publicKey(SubjectPublicKeyInfo info) {
    return publicKey(
        CustomNamedCurves.getByName("P-256")
            .getCurve()
            .decodePoint(info.getPublicKeyData().getBytes()));
  }

  private static ECPublicKey publicKey(ECPoint point) {
    ECPoint affine = point.normalize();
    if (affine.isInfinity()) {
      throw new IllegalArgumentException("the public key is the point at infinity");
    }
    return P256.publicKey(
        affine.getAffineXCoord().toBigInteger(), affine.getAffineYCoord().toBigInteger());
  }

  /** The public half always follows from the private one, whether the file carries it or not. */
  private static PrivatePair privatePair(PrivateKeyInfo info) throws IOException {
    BigInteger scalar = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
    PrivateKey key = P256.privateKey(scalar);
    ECPoint point =
        new FixedPointCombMultiplier()
            .multiply(CustomNamedCurves.getByName("P-256").getG(), scalar);
    return new PrivatePair(key, publicKey(point));
  }

  /** An organisation's certificate names its role in the organizational unit; a device has none. */
  private static RemotePartyRole role(X509CertificateHolder certificate) {
    for (RDN unit : certificate.getSubject().getRDNs(BCStyle.OU)) {
      String text = IETFUtils.valueToString(unit.getFirst().getValue());
      if (text.matches("[0-9A-Fa-f]{2}")) {
        return RemotePartyRole.ofCode(Integer.parseInt(text, 16)).orElse(RemotePartyRole.OTHER);
      }
    }
    return RemotePartyRole.OTHER;
  }
}
