// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.Pkcs11Token;
import org.meterbox.smki.authority.Authorities;
import org.meterbox.smki.authority.CertificateAuthority;

/** A whole SMKI with its keys in a real token of SoftHSM2, made for this run. */
final class Pkcs11VaultTest {
  private static final String PIN = "4711";
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;

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

  @BeforeAll
  static void makeToken() throws Exception {
    assumeTrue(
        Boolean.getBoolean("meterbox.softhsm2") && !libraries().isEmpty(),
        "SoftHSM2 is not installed (apt-get install softhsm2): keys in a token are untested");
    // The library reads its configuration from where the build's environment variable points.
    Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
    Path home = Objects.requireNonNull(configuration.getParent());
    deleteAll(home);
    Path tokens = Files.createDirectories(home.resolve("tokens"));
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
                "smki",
                "--pin",
                PIN,
                "--so-pin",
                "0815471108154711")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("init.log").toFile())
            .start();
    assertThat(init.waitFor()).as("softhsm2-util").isZero();
  }

  private static void deleteAll(Path home) throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private KeyVault secrets() {
    return Pkcs12Vault.openIn(folder, "secrets", RANDOM);
  }

  private Authorities open(Pkcs11Token token) {
    KeyVault vault = new Pkcs11Vault(token, secrets());
    return Authorities.openOrCreate(vault, Instant::now, RANDOM);
  }

  private static List<X509Certificate> certificates(Authorities authorities) {
    return authorities.all().stream().map(CertificateAuthority::certificate).toList();
  }

  // First start, restart and custody in one story: a token is slow to make.
  @Test
  void runsAWholeSmkiFromAToken() throws Exception {
    List<X509Certificate> made;
    try (Pkcs11Token token = Pkcs11Token.open(libraries().getFirst(), 0, PIN.toCharArray())) {
      Authorities authorities = open(token);
      made = certificates(authorities);
      assertThat(token.names()).contains("root-oca", "issuing-dca-1", "contingency");
      assertThat(token.find("root-oca").orElseThrow().handle().getEncoded()).isNull();
      HeldKey root = new Pkcs11Vault(token, secrets()).find("root-oca").orElseThrow();
      assertThatThrownBy(root::keyManager).isInstanceOf(UnsupportedOperationException.class);
    }
    try (Pkcs11Token token = Pkcs11Token.open(libraries().getFirst(), 0, PIN.toCharArray())) {
      Authorities authorities = open(token);
      assertThat(certificates(authorities)).isEqualTo(made);
      KeyVault vault = new Pkcs11Vault(token, secrets());
      assertThat(vault.names()).contains("contingency-wrapping", "root-oca");
      assertThatThrownBy(() -> vault.create("root-oca", key -> List.of()))
          .isInstanceOf(IllegalStateException.class);
    }
    // The file beside the token holds the one secret and no private key.
    assertThat(secrets().names()).containsExactly("contingency-wrapping");
  }
}
