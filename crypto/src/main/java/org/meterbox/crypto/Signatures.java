// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;

/**
 * Verifies ECDSA P-256 signatures over SHA-256 (GBCS section 4.3.3; XML Signature ecdsa-sha256).
 */
public final class Signatures {
  static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private Signatures() {}

  /**
   * Returns only if the signature over the content is by the holder of the key.
   *
   * @throws VerificationException where it is not
   */
  public static void verify(ECPublicKey key, byte[] content, EcdsaSignature signature)
      throws VerificationException {
    boolean holds;
    try {
      Signature verifier = Signature.getInstance(ALGORITHM, CryptoProviders.ellipticCurve());
      verifier.initVerify(key);
      verifier.update(content);
      holds = verifier.verify(signature.octets().toArray());
    } catch (SignatureException refusedByProvider) {
      holds = false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider cannot verify P-256 signatures", e);
    }
    if (!holds) {
      throw new VerificationException("the signature does not hold");
    }
  }
}
