// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.signature;

import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.kernel.Octets;

/**
 * What a document says about its signer, taken from the octets as received at the moment of
 * reading. All that verification needs is in it, so that what is verified is what was read.
 */
public sealed interface SignatureBlock {

  /** There is no signature. */
  record Unsigned() implements SignatureBlock {}

  /**
   * There is a signature outside the DUIS profile; it is never verified.
   *
   * @param reason what does not conform
   */
  record NotInProfile(String reason) implements SignatureBlock {}

  /**
   * A signature in the DUIS profile, not yet verified.
   *
   * @param signer the certificate that the signer names; not covered by the signature
   * @param documentDigest SHA-256 of the inclusive canonical form of the document without the
   *     signature
   * @param declaredDigest the digest that the signature covers, 32 octets
   * @param signedInfo SignedInfo in exclusive canonical form: the octets signed
   * @param value the signature over {@code signedInfo}
   */
  record Enveloped(
      IssuerSerial signer,
      Octets documentDigest,
      Octets declaredDigest,
      Octets signedInfo,
      EcdsaSignature value)
      implements SignatureBlock {}
}
