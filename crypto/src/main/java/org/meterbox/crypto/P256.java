// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/** Keys on the one curve of GBCS and SMKI, NIST P-256, held by the chosen provider. */
public final class P256 {
  private static final ECParameterSpec CURVE = curve();
  private static final BigInteger PRIME =
      new BigInteger("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF", 16);

  private P256() {}

  /** A fresh key pair. */
  public static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance("EC", CryptoProviders.ellipticCurve());
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider cannot make P-256 keys", e);
    }
  }

  /**
   * A public key as one that the chosen provider works on without conversion.
   *
   * @throws IllegalArgumentException where the key is not a point of P-256
   */
  public static ECPublicKey publicKey(PublicKey key) {
    if (!(key instanceof ECPublicKey ec)) {
      throw new IllegalArgumentException("not an elliptic curve key but " + key.getAlgorithm());
    }
    if (!isOnCurve(ec.getParams())) {
      throw new IllegalArgumentException("the key lies on another curve than P-256");
    }
    return publicKey(ec.getW().getAffineX(), ec.getW().getAffineY());
  }

  /**
   * The public key at a point.
   *
   * @throws IllegalArgumentException where the point is not on P-256
   */
  public static ECPublicKey publicKey(BigInteger x, BigInteger y) {
    requireOnCurve(x, y);
    try {
      return (ECPublicKey) keys().generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not a point of P-256", e);
    }
  }

  /**
   * The private key with this scalar.
   *
   * @throws IllegalArgumentException where it is not a private key of P-256
   */
  public static ECPrivateKey privateKey(BigInteger scalar) {
    if (scalar.signum() <= 0 || scalar.compareTo(CURVE.getOrder()) >= 0) {
      throw new IllegalArgumentException("not a private key of P-256");
    }
    try {
      return (ECPrivateKey) keys().generatePrivate(new ECPrivateKeySpec(scalar, CURVE));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not a private key of P-256", e);
    }
  }

  /**
   * The private key in a PKCS#8 structure.
   *
   * @throws IllegalArgumentException where it is not a private key of P-256
   */
  public static PrivateKey privateKeyFromPkcs8(byte[] pkcs8) {
    PrivateKey key;
    try {
      key = keys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not a PKCS#8 private key of P-256", e);
    }
    if (!(key instanceof ECPrivateKey ec) || !isOnCurve(ec.getParams())) {
      throw new IllegalArgumentException("the private key is for another curve than P-256");
    }
    return key;
  }

  private static boolean isOnCurve(ECParameterSpec parameters) {
    return parameters.getCurve().equals(CURVE.getCurve());
  }

  private static void requireOnCurve(BigInteger x, BigInteger y) {
    boolean inField =
        x.signum() >= 0 && y.signum() >= 0 && x.compareTo(PRIME) < 0 && y.compareTo(PRIME) < 0;
    if (!inField || !y.multiply(y).mod(PRIME).equals(rightSide(x))) {
      throw new IllegalArgumentException("the point does not lie on P-256");
    }
  }

  /** The cube of x, plus a times x, plus b. */
  private static BigInteger rightSide(BigInteger x) {
    return x.multiply(x)
        .add(CURVE.getCurve().getA())
        .multiply(x)
        .add(CURVE.getCurve().getB())
        .mod(PRIME);
  }

  private static KeyFactory keys() {
    try {
      return KeyFactory.getInstance("EC", CryptoProviders.ellipticCurve());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider knows no elliptic curve keys", e);
    }
  }

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK does not know P-256", e);
    }
  }
}
