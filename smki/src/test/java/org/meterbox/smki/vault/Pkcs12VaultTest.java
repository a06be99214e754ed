// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.KeyPurpose;
import org.meterbox.crypto.MessageMac;
import org.meterbox.crypto.P256;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.SoftwareAgreementKey;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;
import org.meterbox.smki.Installation;
import org.meterbox.smki.authority.CertificateForgery;

final class Pkcs12VaultTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  @TempDir Path folder;

  private Pkcs12Vault open() {
    return Pkcs12Vault.openIn(folder, "keys", random);
  }

  private static List<X509Certificate> certify(SigningKey key) {
    return List.of(CertificateForgery.selfSigned(key));
  }

  @Test
  void usesAKeyAgainAfterARestart() throws Exception {
    HeldKey made = open().create("signing", Pkcs12VaultTest::certify);
    HeldKey kept = open().find("signing").orElseThrow();
    assertThat(kept.chain()).isEqualTo(made.chain());
    Signatures.verify(made.signing().publicKey(), CONTENT, kept.signing().sign(CONTENT));
    var peer = P256.generate(random);
    SharedSecret ours = kept.agreement().agree(P256.publicKey(peer.getPublic()));
    SharedSecret theirs = SoftwareAgreementKey.of(peer).agree(made.agreement().publicKey());
    assertThat(mac(ours)).isEqualTo(mac(theirs));
  }

  private static Octets mac(SharedSecret secret) {
    MessageId identity =
        new MessageId(Installation.SUPPLIER, Installation.DEVICE, new OriginatorCounter(1));
    return MessageMac.compute(
        DerivedKey.derive(secret, KeyPurpose.COMMAND, identity), Octets.of(CONTENT));
  }

  @Test
  void keepsSecretsAndForgetsThemForGood() {
    var secret = open().createSecret("wrapping");
    assertThat(open().findSecret("wrapping")).contains(secret);
    open().destroy("wrapping");
    assertThat(open().findSecret("wrapping")).isEmpty();
    assertThat(open().names()).isEmpty();
  }

  // A key lost by overwriting is a country without its authority.
  @Test
  void neverOverwritesAKey() {
    Pkcs12Vault vault = open();
    HeldKey first = vault.create("root", Pkcs12VaultTest::certify);
    assertThatThrownBy(() -> vault.create("root", Pkcs12VaultTest::certify))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.createSecret("root")).isInstanceOf(IllegalStateException.class);
    assertThat(open().find("root").orElseThrow().chain()).isEqualTo(first.chain());
  }

  // A refused certification must not leave a key behind that nobody can use.
  @Test
  void keepsNothingWhereCertificationFails() {
    Pkcs12Vault vault = open();
    assertThatThrownBy(() ->
            vault.create(
                "signing",
                key -> {
                  throw new IllegalArgumentException("refused");
                }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(vault.names()).isEmpty();
    assertThat(open().names()).isEmpty();
  }

  @Test
  void letsOnlyTheOwnerReadItsFiles() throws Exception {
    open().create("signing", Pkcs12VaultTest::certify);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      // The vault, its password and the lock of whoever changes it.
      assertThat(all).hasSize(3);
      for (Path file : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  // Two processes that share a vault: neither overwrites what the other has put in, and each finds
  // it.
  @Test
  void keepsWhatAnotherProcessPutIn() {
    Pkcs12Vault one = open();
    Pkcs12Vault other = open();
    HeldKey first = one.create("first", Pkcs12VaultTest::certify);
    other.create("second", Pkcs12VaultTest::certify);
    one.destroy("absent");
    assertThat(one.names()).containsExactly("first", "second");
    assertThat(other.find("first").orElseThrow().chain()).isEqualTo(first.chain());
    assertThat(one.find("second")).isPresent();
    assertThatThrownBy(() -> one.create("second", Pkcs12VaultTest::certify))
        .isInstanceOf(IllegalStateException.class);
    assertThat(open().names()).containsExactly("first", "second");
  }

  @Test
  void saysWhatIsWrongWithThePassword() throws Exception {
    open().create("signing", Pkcs12VaultTest::certify);
    Path password = folder.resolve("keys.password");
    String right = Files.readString(password);
    Files.writeString(password, "guess");
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("password does not open")
        .hasMessageNotContaining("guess");
    Files.delete(password);
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keys.password");
    Files.writeString(password, right + "\n");
    assertThat(open().names()).containsExactly("signing");
  }

  // A crash in the middle of writing leaves a draft beside the vault: it must not stand in the way.
  @Test
  void ignoresADraftThatACrashLeft() throws Exception {
    open().create("first", Pkcs12VaultTest::certify);
    Files.writeString(folder.resolve("keys.p12.new"), "half a va");
    open().create("second", Pkcs12VaultTest::certify);
    assertThat(open().names()).containsExactly("first", "second");
  }

  @Test
  void refusesAFileThatIsNoVault() throws Exception {
    open();
    Files.writeString(folder.resolve("keys.p12"), "not a vault at all");
    assertThatThrownBy(this::open).isInstanceOf(RuntimeException.class);
    assertThat(Files.readString(folder.resolve("keys.p12"))).isEqualTo("not a vault at all");
  }

  @Test
  void showsNoKeyInText() {
    Pkcs12Vault vault = open();
    HeldKey key = vault.create("signing", Pkcs12VaultTest::certify);
    assertThat(key.toString()).isEqualTo("SoftwareHeldKey[redacted]");
    assertThat(vault.toString()).isEqualTo("Pkcs12Vault[" + folder.resolve("keys.p12") + "]");
  }

  @Test
  void refusesNamesThatAreNone() {
    assertThatThrownBy(() -> open().find("../other")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> open().createSecret("A")).isInstanceOf(IllegalArgumentException.class);
  }
}
