// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterbox.kernel.Octets;

/** Signatures that no honest signer makes, and honest ones in the wrong place. */
final class HostileSignaturesTest {
  private static final String ORDER =
      "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
  private static final byte[] CONTENT = "a command".getBytes(StandardCharsets.US_ASCII);
  private static final SoftwareSigningKey SIGNER =
      WorkedValues.signingKey("90b3d51f30010000-ds").orElseThrow();

  private static String number(BigInteger value) {
    return String.format(Locale.ROOT, "%064X", value);
  }

  /** r and s at and beyond the borders of 1 to n - 1, and small numbers inside. */
  static List<String> absurdities() {
    BigInteger n = new BigInteger(ORDER, 16);
    String zero = number(BigInteger.ZERO);
    String one = number(BigInteger.ONE);
    String last = number(n.subtract(BigInteger.ONE));
    String next = number(n.add(BigInteger.ONE));
    String all = "FF".repeat(32);
    return List.of(
        zero + zero,
        zero + one,
        one + zero,
        ORDER + one,
        one + ORDER,
        ORDER + ORDER,
        zero + ORDER,
        next + one,
        one + next,
        all + all,
        one + one,
        last + last,
        all + one,
        one + all);
  }

  private static void assertRefused(ECPublicKey key, byte[] content, EcdsaSignature signature) {
    assertThatThrownBy(() -> Signatures.verify(key, content, signature))
        .isInstanceOf(VerificationException.class);
  }

  @ParameterizedTest
  @MethodSource("absurdities")
  void refusesNumbersOutsideTheGroup(String octets) {
    assertRefused(SIGNER.publicKey(), CONTENT, new EcdsaSignature(Octets.ofHex(octets)));
  }

  // One half good, the other absurd: the check of r must not hide behind that of s.
  @Test
  void refusesAGoodHalfWithAnAbsurdOne() {
    Octets good = SIGNER.sign(CONTENT).octets();
    for (String half : List.of("00".repeat(32), ORDER, "FF".repeat(32))) {
      Octets absurd = Octets.ofHex(half);
      assertRefused(
          SIGNER.publicKey(), CONTENT, new EcdsaSignature(good.slice(0, 32).concat(absurd)));
      assertRefused(
          SIGNER.publicKey(), CONTENT, new EcdsaSignature(absurd.concat(good.slice(32, 64))));
    }
  }

  // Each single bit counts, in the signature as in the content.
  @Test
  void refusesOneFlippedBit() {
    byte[] good = SIGNER.sign(CONTENT).octets().toArray();
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(SIGNER.publicKey(), CONTENT, new EcdsaSignature(Octets.of(bad)));
    }
    for (int bit = 0; bit < 8 * CONTENT.length; bit++) {
      byte[] bad = CONTENT.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(SIGNER.publicKey(), bad, new EcdsaSignature(Octets.of(good)));
    }
  }

  @Test
  void refusesAnotherSignersKey() {
    SoftwareSigningKey other = SoftwareSigningKey.of(P256.generate(new SecureRandom()));
    assertRefused(other.publicKey(), CONTENT, SIGNER.sign(CONTENT));
  }

  @Test
  void refusesHalvesInTheWrongOrder() {
    Octets good = SIGNER.sign(CONTENT).octets();
    assertRefused(
        SIGNER.publicKey(),
        CONTENT,
        new EcdsaSignature(good.slice(32, 64).concat(good.slice(0, 32))));
  }

  // GBCS has r and s in 64 octets; a DER structure or a cut one is no signature at all.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 63, 65, 70, 128})
  void refusesAnyOtherLength(int length) {
    Octets octets = Octets.of(new byte[length]);
    assertThatThrownBy(() -> new EcdsaSignature(octets))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
  }

  // A number with leading zeros keeps its 32 octets; about one signature in 128 has one.
  @Test
  void keepsLeadingZeros() throws VerificationException {
    boolean met = false;
    for (int i = 0; i < 2_000 && !met; i++) {
      EcdsaSignature signature = SIGNER.sign(CONTENT);
      Signatures.verify(SIGNER.publicKey(), CONTENT, signature);
      met = signature.octets().at(0) == 0 || signature.octets().at(32) == 0;
    }
    assertThat(met).isTrue();
  }
}
