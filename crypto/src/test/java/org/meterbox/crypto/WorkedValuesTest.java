// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterbox.crypto.WorkedValues.Row;
import org.meterbox.kernel.Octets;

/** Every step from two keys to a MAC, a plain text or a verdict, against published messages. */
final class WorkedValuesTest {
  static List<Row> macs() {
    return WorkedValues.table("macs");
  }

  static List<Row> sensitive() {
    return WorkedValues.table("sensitive");
  }

  static List<Row> signatures() {
    return WorkedValues.table("signatures");
  }

  private static SharedSecret secret(Row row) {
    return WorkedValues.agreementKey(row.text("private"))
        .orElseThrow()
        .agree(WorkedValues.publicKey(row.text("public")));
  }

  // GBCS 4.3.3: Z, the key derivation and the tag, each value on its own so that a fault shows
  // where it is.
  @ParameterizedTest
  @MethodSource("macs")
  void derivesTheKeyAndTagOfAMessage(Row row) {
    KeyPurpose purpose = KeyPurpose.valueOf(row.text("purpose"));
    SharedSecret secret = secret(row);
    assertThat(Octets.of(secret.octets())).isEqualTo(row.octets("z"));
    assertThat(Octets.of(DerivedKey.otherInfo(purpose, row.identity())))
        .isEqualTo(row.octets("otherInfo"));
    DerivedKey key = DerivedKey.derive(secret, purpose, row.identity());
    assertThat(Octets.of(key.key().getEncoded())).isEqualTo(row.octets("key"));
    assertThat(Octets.of(key.initializationVector())).isEqualTo(row.octets("vector"));
    byte[] content = row.octets("content").toArray();
    assertThat(Octets.of(MessageMac.fullTag(key, content))).isEqualTo(row.octets("tag"));
  }

  // What a receiver does: the twelve octets on the wire hold.
  @ParameterizedTest
  @MethodSource("macs")
  void verifiesTheMacOfAMessage(Row row) {
    DerivedKey key =
        DerivedKey.derive(secret(row), KeyPurpose.valueOf(row.text("purpose")), row.identity());
    Octets mac = row.octets("tag").slice(0, MessageMac.OCTETS);
    assertThat(MessageMac.compute(key, row.octets("content"))).isEqualTo(mac);
    assertThatCode(() -> MessageMac.verify(key, row.octets("content"), mac))
        .doesNotThrowAnyException();
  }

  // Both ends agree on the same secret: where both private keys are published, from either side.
  @Test
  void agreesFromEitherSide() {
    SoftwareAgreementKey supplier = WorkedValues.agreementKey("90b3d51f30010000-ka").orElseThrow();
    SoftwareAgreementKey broker = WorkedValues.agreementKey("90b3d51f30000002-ka").orElseThrow();
    assertThat(supplier.agree(broker.publicKey()).octets())
        .isEqualTo(broker.agree(supplier.publicKey()).octets());
  }

  // GBCS 8: what a device encrypted, and what we would have written in its place.
  @ParameterizedTest
  @MethodSource("sensitive")
  void decryptsAndEncryptsSensitiveContent(Row row) throws VerificationException {
    DerivedKey key = DerivedKey.derive(secret(row), KeyPurpose.ENCRYPTION, row.identity());
    assertThat(Octets.of(key.key().getEncoded())).isEqualTo(row.octets("key"));
    assertThat(SensitiveContent.decrypt(key, row.octets("block")))
        .isEqualTo(row.octets("plainText"));
    assertThat(SensitiveContent.encrypt(key, row.octets("plainText")))
        .isEqualTo(row.octets("block"));
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void verifiesTheSignatureOfAMessage(Row row) {
    EcdsaSignature signature = new EcdsaSignature(row.octets("signature"));
    byte[] content = row.octets("content").toArray();
    assertThatCode(
            () -> Signatures.verify(WorkedValues.publicKey(row.text("signer")), content, signature))
        .doesNotThrowAnyException();
  }

  // ECDSA signatures differ each time; ours must hold under the published public key.
  @ParameterizedTest
  @MethodSource("signatures")
  void signsSoThatThePublishedKeyVerifies(Row row) throws VerificationException {
    SoftwareSigningKey signer = WorkedValues.signingKey(row.text("signer")).orElse(null);
    if (signer == null) {
      return;
    }
    byte[] content = row.octets("content").toArray();
    Signatures.verify(WorkedValues.publicKey(row.text("signer")), content, signer.sign(content));
  }

  // The tables are not empty, and each purpose of a key is among them.
  @Test
  void coversEveryPurpose() {
    assertThat(macs()).hasSizeGreaterThan(25);
    assertThat(macs().stream().map(row -> row.text("purpose")).distinct())
        .containsExactlyInAnyOrder("COMMAND", "RESPONSE", "ALERT");
    assertThat(sensitive()).hasSize(10);
    assertThat(signatures()).hasSize(9);
    assertThat(macs().stream().map(Row::toString).map(name -> name.toUpperCase(Locale.ROOT)))
        .anyMatch(name -> name.startsWith("UTRN"));
  }
}
