// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;
import org.meterbox.crypto.SigningKey;

/** Lets Bouncy Castle's builders sign with a key that stays where it is kept. */
final class AuthoritySigner implements ContentSigner {
  /** Order of P-256: the bound of both numbers in a signature (FIPS 186-5). */
  private static final BigInteger ORDER =
      new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

  private final SigningKey key;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream(512);

  AuthoritySigner(SigningKey key) {
    this.key = key;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    byte[] plain = key.sign(content.toByteArray()).octets().toArray();
    try {
      BigInteger[] numbers = PlainDSAEncoding.INSTANCE.decode(ORDER, plain);
      return StandardDSAEncoding.INSTANCE.encode(ORDER, numbers[0], numbers[1]);
    } catch (IOException e) {
      throw new IllegalStateException("a signature of our own making does not encode", e);
    }
  }
}
