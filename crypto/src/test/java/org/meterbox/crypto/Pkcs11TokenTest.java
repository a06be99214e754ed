// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real token of SoftHSM2, made for this run in the build folder. */
final class Pkcs11TokenTest {
  private static final String PIN = "4711";
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2036-01-01T00:00:00Z");
  private static final KeyPair ISSUER = P256.generate(new SecureRandom());

  private static @Nullable Pkcs11Token token;

  private static List<Path> libraries() {
    return Stream.of(
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
            "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
            "/usr/lib64/pkcs11/libsofthsm2.so")
        .map(Path::of)
        .filter(Files::isReadable)
        .toList();
  }

  @BeforeEach
  void openToken() throws Exception {
    assumeTrue(
        Boolean.getBoolean("meterbox.softhsm2") && !libraries().isEmpty(),
        "SoftHSM2 is not installed (apt-get install softhsm2): keys in a token are untested");
    if (token == null) {
      makeToken();
      token = open();
    }
  }

  private static void makeToken() throws Exception {
    // The library reads its configuration from where the build's environment variable points.
    Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
    Path folder = Objects.requireNonNull(configuration.getParent());
    deleteAll(folder);
    Path tokens = Files.createDirectories(folder.resolve("tokens"));
    Files.writeString(
        configuration,
        String.format(
            Locale.ROOT, "directories.tokendir = %s%nobjectstore.backend = file%n", tokens));
    Process init =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "meterbox",
                "--pin",
                PIN,
                "--so-pin",
                "0815471108154711")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("init.log").toFile())
            .start();
    assertThat(init.waitFor()).as("softhsm2-util").isZero();
  }

  @AfterAll
  static void closeToken() {
    if (token != null) {
      token.close();
    }
  }

  private static Pkcs11Token open() {
    return Pkcs11Token.open(libraries().getFirst(), 0, PIN.toCharArray());
  }

  private static Pkcs11Token token() {
    return Objects.requireNonNull(token);
  }

  private static X509Certificate certify(ECPublicKey key) {
    try {
      X500Name issuer = new X500Name("CN=test issuer");
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      issuer,
                      BigInteger.valueOf(new SecureRandom().nextLong(1, Long.MAX_VALUE)),
                      Date.from(FROM),
                      Date.from(UNTIL),
                      new X500Name("CN=test key"),
                      key)
                  .build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(ISSUER.getPrivate())));
    } catch (org.bouncycastle.operator.OperatorCreationException
        | java.security.cert.CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TokenKey kept(String name) {
    TokenKey key = token().generate();
    return token().keep(name, key, List.of(certify(key.publicKey())));
  }

  // Signed inside the module, verified by anybody.
  @Test
  void signsInsideTheToken() throws VerificationException {
    SigningKey key = kept("signer").signing();
    byte[] content = {1, 2, 3};
    Signatures.verify(key.publicKey(), content, key.sign(content));
  }

  // Both ends of an agreement, one of them in the module, come to the same MAC key.
  @Test
  void agreesInsideTheToken() {
    AgreementKey inside = kept("agreer").agreement();
    SoftwareAgreementKey outside = SoftwareAgreementKey.of(P256.generate(new SecureRandom()));
    assertThat(inside.agree(outside.publicKey()).octets())
        .isEqualTo(outside.agree(inside.publicKey()).octets());
    assertThat(inside.agree(WorkedValues.publicKey("00db1234567890a0-ka")).octets()).hasSize(32);
  }

  // The whole point of a module.
  @Test
  void neverGivesThePrivateKeyAway() {
    TokenKey key = kept("guarded");
    assertThat(key.handle().getEncoded()).isNull();
    assertThat(token().generate().handle().getEncoded()).isNull();
    assertThat(key.toString()).doesNotContain(key.publicKey().getW().getAffineX().toString(16));
  }

  // A restart of the system finds its keys, and only those that were kept.
  @Test
  void findsKeptKeysAgainByName() throws VerificationException {
    TokenKey kept = kept("durable");
    try (Pkcs11Token again = open()) {
      TokenKey found = again.find("durable").orElseThrow();
      assertThat(found.publicKey()).isEqualTo(kept.publicKey());
      assertThat(found.chain()).isEqualTo(kept.chain());
      byte[] content = {4, 5};
      Signatures.verify(kept.publicKey(), content, found.signing().sign(content));
      assertThat(again.names()).contains("durable");
      assertThat(again.find("never-kept")).isEmpty();
    }
    // Logging out was for the whole token; the other tests go on with a new session.
    token = open();
  }

  // A key that is overwritten is a key that is lost.
  @Test
  void neverOverwritesAKey() {
    TokenKey first = kept("once");
    assertThatThrownBy(() -> kept("once"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("once");
    assertThat(token().find("once").orElseThrow().publicKey()).isEqualTo(first.publicKey());
  }

  @Test
  void keepsNoKeyUnderAnothersCertificate() {
    TokenKey key = token().generate();
    X509Certificate other = certify(P256.publicKey(ISSUER.getPublic()));
    assertThatThrownBy(() -> token().keep("impostor", key, List.of(other)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> token().keep("bare", key, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(token().names()).doesNotContain("impostor", "bare");
  }

  @Test
  void forgetsADestroyedKey() {
    kept("fleeting");
    token().destroy("fleeting");
    token().destroy("fleeting");
    assertThat(token().find("fleeting")).isEmpty();
  }

  @Test
  void refusesNamesOutsideTheAlphabet() {
    assertThatThrownBy(() -> token().find("../x")).isInstanceOf(IllegalArgumentException.class);
  }

  // The operator must learn which of the three things is wrong.
  @Test
  void saysWhyATokenCannotBeOpened() {
    Path library = libraries().getFirst();
    assertThatThrownBy(() -> Pkcs11Token.open(Path.of("/nowhere.so"), 0, PIN.toCharArray()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no readable PKCS#11 library");
    assertThatThrownBy(() -> Pkcs11Token.open(library, 99, PIN.toCharArray()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no usable token");
  }

  // The library asks for the PIN once per process, so nobody may be logged in here.
  @Test
  void refusesAWrongPin() {
    token().close();
    try {
      assertThatThrownBy(() -> Pkcs11Token.open(libraries().getFirst(), 0, "0000".toCharArray()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("refuses the PIN");
    } finally {
      token = open();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
