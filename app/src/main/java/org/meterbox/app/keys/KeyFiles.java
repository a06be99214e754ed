// SPDX-License-Identifier: Apache-2.0
package org.meterbox.app.keys;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.crypto.SoftwareSigningKey;
import org.meterbox.gbcs.decode.KeyRing;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * Keys from the files of one directory: {@code EUI-ds}, {@code EUI-ka} and {@code EUI-pp-ka} with
 * the ending {@code .pem} or {@code .key}, upper or lower case. Each holds a certificate, a public
 * key or a private key in PEM. The dates of certificates are not looked at: the keys of published
 * reference messages have expired. Files with other names are left alone.
 *
 * @param keys all keys that could be read
 * @param faults what could not be read, one line a file
 */
public record KeyFiles(KeyRing keys, List<String> faults) {
  /** The most files of one directory. */
  public static final int MAX_FILES = 200_000;

  private static final int MAX_FILE_OCTETS = 64 * 1024;
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{16}|(?:[0-9a-f]{2}-){7}[0-9a-f]{2})-(ds|ka|pp-ka)\\.(pem|key)");

  /** Copies the list. */
  public KeyFiles {
    faults = List.copyOf(faults);
  }

  /** No keys at all. */
  public static KeyFiles none() {
    return new KeyFiles(KeyRing.empty(), List.of());
  }

  /**
   * Reads all keys of a directory.
   *
   * @throws IOException where the directory cannot be read; a file that cannot is among the faults
   */
  public static KeyFiles read(Path directory) throws IOException {
    KeyRing.Builder builder = new KeyRing.Builder();
    List<String> faults = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.sorted().limit(MAX_FILES).toList();
    }
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
      if (name.matches()) {
        try {
          add(builder, Eui64.parse(name.group(1)), name.group(2), parse(file));
        } catch (IOException | IllegalArgumentException unreadable) {
          faults.add("%s: %s".formatted(file, unreadable.getMessage()));
        }
      }
    }
    return new KeyFiles(builder.build(), faults);
  }

  /** What one file holds. */
  private sealed interface Held {}

  private record PublicKey(ECPublicKey key, Optional<RemotePartyRole> role) implements Held {}

  private record PrivatePair(PrivateKey key, ECPublicKey publicKey) implements Held {}

  private static void add(KeyRing.Builder builder, Eui64 holder, String use, Held held) {
    switch (held) {
      case PublicKey(ECPublicKey key, Optional<RemotePartyRole> role) -> {
        switch (use) {
          case "ds" -> builder.signing(holder, key);
          case "ka" -> builder.agreement(holder, key, role);
          default -> builder.topUp(holder, key);
        }
      }
      case PrivatePair(PrivateKey key, ECPublicKey publicKey) -> {
        switch (use) {
          case "ds" -> builder.ownSigning(holder, new SoftwareSigningKey(key, publicKey));
          case "ka" -> builder.ownAgreement(holder, new SoftwareAgreementKey(key, publicKey));
          default -> builder.ownTopUp(holder, new SoftwareAgreementKey(key, publicKey));
        }
      }
    }
  }

  private static Held parse(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_OCTETS) {
      throw new IOException("a key file has at most %d octets".formatted(MAX_FILE_OCTETS));
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        switch (block) {
          case X509CertificateHolder certificate -> {
            return new PublicKey(
                publicKey(certificate.getSubjectPublicKeyInfo()), Optional.of(role(certificate)));
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
