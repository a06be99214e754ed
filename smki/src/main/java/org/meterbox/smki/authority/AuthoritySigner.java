// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.authority;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.meterbox.crypto.SigningKey;
import org.meterbox.smki.profile.SignatureDer;

/** Lets Bouncy Castle's builders sign with a key that stays where it is kept. */
final class AuthoritySigner implements ContentSigner {
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
    return SignatureDer.encode(key.sign(content.toByteArray()));
  }
}
