// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import org.meterbox.kernel.Octets;

/**
 * Makes and verifies ECDSA P-256 signatures over SHA-256 (GBCS section 4.3.3; XML Signature
 * ecdsa-sha256).
 */
public final class Signatures {
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private Signatures() {}

  /** Signs SHA-256 of the content with a key that the provider holds or can read. */
  static EcdsaSignature sign(Provider provider, PrivateKey key, byte[] content) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM, provider);
      signer.initSign(key);
      signer.update(content);
      return new EcdsaSignature(Octets.of(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed in the provider", e);
    }
  }

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
