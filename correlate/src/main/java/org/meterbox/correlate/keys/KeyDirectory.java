// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterbox.crypto.AgreementKey;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/**
 * Keys from the files of one directory, read once. A certificate or public key stands in {@code
 * NAME.pem}, its private key in {@code NAME.key} beside it (PEM, PKCS#8). A name that begins with
 * an EUI-64 and ends with {@code -ds}, {@code -ka} or {@code -pp-ka} says whose key it is and for
 * what; for a certificate under any other name its own content tells.
 */
public final class KeyDirectory implements PartyKeys {
  /** The most files of one directory. */
  public static final int MAX_FILES = 200_000;

  private static final int MAX_FILE_OCTETS = 16_384;
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{16}|(?:[0-9a-f]{2}-){7}[0-9a-f]{2})-(ds|ka|pp-ka)");
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** What stands before the two coordinates in a SubjectPublicKeyInfo of P-256. */
  private static final Octets P256_KEY_HEAD =
      Octets.ofHex("3059301306072A8648CE3D020106082A8648CE3D03010703420004");

  private final Map<Held, List<PartyCertificate>> certificates = new HashMap<>();
  private final Map<Eui64, AgreementKey> own = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private record Held(Eui64 holder, KeyUse use) {}

  private KeyDirectory() {}

  /**
   * Reads all keys of a directory.
   *
   * @throws IOException where the directory cannot be read; a file that cannot is among the faults
   */
  public static KeyDirectory read(Path directory) throws IOException {
    KeyDirectory keys = new KeyDirectory();
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(file -> named(file, ".pem")).sorted().limit(MAX_FILES).toList();
    }
    for (Path file : files) {
      keys.add(file);
    }
    return keys;
  }

  /** What could not be read, one line a file. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public List<PartyCertificate> certificates(Eui64 holder, KeyUse use) {
    return certificates.getOrDefault(new Held(holder, use), List.of());
  }

  @Override
  public Optional<AgreementKey> agreementKey(Eui64 party) {
    return Optional.ofNullable(own.get(party));
  }

  private void add(Path file) {
    try {
      PartyCertificate certificate = certificate(file);
      List<PartyCertificate> known =
          certificates.computeIfAbsent(
              new Held(certificate.holder(), certificate.use()), held -> new ArrayList<>(1));
      if (known.size() < MAX_CERTIFICATES) {
        known.add(certificate);
      }
      Path privateKey = file.resolveSibling(stem(file) + ".key");
      if (certificate.use() == KeyUse.KEY_AGREEMENT && Files.exists(privateKey)) {
        own.put(certificate.holder(), agreementKey(privateKey, certificate.publicKey()));
      }
    } catch (IOException | CertificateException | IllegalArgumentException unreadable) {
      faults.add(String.format(Locale.ROOT, "%s: %s", file, unreadable.getMessage()));
    }
  }

  private static PartyCertificate certificate(Path file) throws IOException, CertificateException {
    Pem pem = Pem.of(file);
    Matcher name = NAME.matcher(stem(file).toLowerCase(Locale.ROOT));
    if (pem.label().equals("CERTIFICATE")) {
      PartyCertificate read = CertificateReading.read(pem.content().toArray());
      // Certificates for prepayment look like all others for key agreement.
      return name.matches() && name.group(2).equals("pp-ka")
          ? withUse(read, KeyUse.PREPAYMENT_TOP_UP)
          : read;
    }
    if (pem.label().equals("PUBLIC KEY") && name.matches()) {
      return new PartyCertificate(
          Eui64.parse(name.group(1)),
          use(name.group(2)),
          publicKey(pem.content()),
          "",
          BigInteger.ZERO,
          Octets.EMPTY);
    }
    throw new CertificateException("neither a certificate nor a public key under a telling name");
  }

  private static AgreementKey agreementKey(Path file, ECPublicKey publicKey) throws IOException {
    Pem pem = Pem.of(file);
    if (!pem.label().equals("PRIVATE KEY")) {
      throw new IllegalArgumentException("no PKCS#8 private key");
    }
    PrivateKey privateKey = P256.privateKeyFromPkcs8(pem.content().toArray());
    return new SoftwareAgreementKey(privateKey, publicKey);
  }

  private static ECPublicKey publicKey(Octets subjectPublicKeyInfo) throws CertificateException {
    int head = P256_KEY_HEAD.length();
    if (subjectPublicKeyInfo.length() != head + 64
        || !subjectPublicKeyInfo.slice(0, head).equals(P256_KEY_HEAD)) {
      throw new CertificateException("no public key of P-256 in uncompressed form");
    }
    return P256.publicKey(
        new BigInteger(1, subjectPublicKeyInfo.slice(head, head + 32).toArray()),
        new BigInteger(1, subjectPublicKeyInfo.slice(head + 32, head + 64).toArray()));
  }

  private static PartyCertificate withUse(PartyCertificate read, KeyUse use) {
    return new PartyCertificate(
        read.holder(), use, read.publicKey(), read.issuer(), read.serialNumber(), read.encoded());
  }

  private static KeyUse use(String suffix) {
    return switch (suffix) {
      case "ds" -> KeyUse.DIGITAL_SIGNATURE;
      case "ka" -> KeyUse.KEY_AGREEMENT;
      default -> KeyUse.PREPAYMENT_TOP_UP;
    };
  }

  private static boolean named(Path file, String ending) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The first block of a PEM file. */
  private record Pem(String label, Octets content) {
    static Pem of(Path file) throws IOException {
      if (Files.size(file) > MAX_FILE_OCTETS) {
        throw new IOException(
            String.format(Locale.ROOT, "a key file has at most %d octets", MAX_FILE_OCTETS));
      }
      Matcher block = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      if (!block.find()) {
        throw new IOException("no PEM block");
      }
      return new Pem(block.group(1), Octets.of(Base64.getMimeDecoder().decode(block.group(2))));
    }
  }
}
