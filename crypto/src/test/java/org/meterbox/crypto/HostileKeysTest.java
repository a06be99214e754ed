// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys as an attacker would hand them over. A point on another curve gives away the private key bit
 * by bit, so it must never get as far as a key agreement.
 */
final class HostileKeysTest {
  private static final BigInteger PRIME =
      new BigInteger("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF", 16);
  private static final BigInteger ORDER =
      new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

  private final ECPublicKey good = WorkedValues.publicKey("90b3d51f30010000-ka");
  private final BigInteger x = good.getW().getAffineX();
  private final BigInteger y = good.getW().getAffineY();

  private static void assertRefused(BigInteger x, BigInteger y) {
    assertThatThrownBy(() -> P256.publicKey(x, y)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAPointBesideTheCurve() {
    assertRefused(x, y.add(BigInteger.ONE));
    assertRefused(x.add(BigInteger.ONE), y);
    assertRefused(y, x);
    assertRefused(BigInteger.ZERO, BigInteger.ZERO);
    assertRefused(BigInteger.ONE, BigInteger.ONE);
  }

  // The same point written with coordinates outside the field: two encodings of one key.
  @Test
  void refusesCoordinatesOutsideTheField() {
    assertRefused(x.add(PRIME), y);
    assertRefused(x, y.add(PRIME));
    assertRefused(x.subtract(PRIME), y);
    assertRefused(x, y.negate());
    assertRefused(PRIME, y);
  }

  // The mirror image is a point of the curve like any other.
  @Test
  void takesTheMirroredPoint() {
    assertThat(P256.publicKey(x, PRIME.subtract(y)).getW().getAffineX()).isEqualTo(x);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1"})
  void refusesAnotherCurve(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
    generator.initialize(new ECGenParameterSpec(curve));
    PublicKey other = generator.generateKeyPair().getPublic();
    assertThatThrownBy(() -> P256.publicKey(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            WorkedValues.agreementKey("90b3d51f30010000-ka")
                .orElseThrow()
                .agree((ECPublicKey) other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnotherKindOfKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PublicKey rsa = generator.generateKeyPair().getPublic();
    assertThatThrownBy(() -> P256.publicKey(rsa))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RSA");
  }

  // A private key is a number from 1 to the order less one.
  @Test
  void refusesScalarsOutsideTheOrder() {
    for (BigInteger scalar :
        new BigInteger[] {
          BigInteger.ZERO, BigInteger.ONE.negate(), ORDER, ORDER.add(BigInteger.ONE)
        }) {
      assertThatThrownBy(() -> P256.privateKey(scalar))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(P256.privateKey(BigInteger.ONE).getS()).isEqualTo(BigInteger.ONE);
    assertThat(P256.privateKey(ORDER.subtract(BigInteger.ONE)).getS())
        .isEqualTo(ORDER.subtract(BigInteger.ONE));
  }

  @Test
  void refusesWhatIsNoPkcs8() {
    assertThatThrownBy(() -> P256.privateKeyFromPkcs8(new byte[] {0x30, 0x00}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> P256.privateKeyFromPkcs8(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // A key of another curve must not slip in through its PKCS#8 wrapping.
  @Test
  void refusesPkcs8OfAnotherCurve() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
    assertThatThrownBy(() -> P256.privateKeyFromPkcs8(pkcs8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void makesPairsThatWork() throws VerificationException {
    SoftwareSigningKey key = SoftwareSigningKey.of(P256.generate(new SecureRandom()));
    Signatures.verify(key.publicKey(), new byte[0], key.sign(new byte[0]));
  }
}
