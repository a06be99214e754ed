// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Octets;

/**
 * Signatures as X.509 writes them, a DER sequence of two numbers (RFC 3279 section 2.2.3), and as
 * the crypto room has them.
 */
public final class SignatureDer {
  /** Order of P-256: the bound of both numbers (FIPS 186-5). */
  private static final BigInteger ORDER =
      new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

  private SignatureDer() {}

  /** The DER form. */
  public static byte[] encode(EcdsaSignature signature) {
    try {
      BigInteger[] numbers = PlainDSAEncoding.INSTANCE.decode(ORDER, signature.octets().toArray());
      return StandardDSAEncoding.INSTANCE.encode(ORDER, numbers[0], numbers[1]);
    } catch (IOException e) {
      throw new IllegalStateException("a signature of our own making does not encode", e);
    }
  }

  /** Reads the DER form; none where it is not two numbers in their range, strictly encoded. */
  public static Optional<EcdsaSignature> decode(byte[] der) {
    try {
      BigInteger[] numbers = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
      byte[] plain = PlainDSAEncoding.INSTANCE.encode(ORDER, numbers[0], numbers[1]);
      return Optional.of(new EcdsaSignature(Octets.of(plain)));
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException notTwoNumbers) {
      return Optional.empty();
    }
  }

  /**
   * Refuses a count of unused bits in the bit string that ends a signed structure. It would let two
   * encodings stand for one certificate or list, where the bits said to be unused happen to be
   * zero.
   *
   * @param signed the whole structure, which its signature ends
   * @param signature the signature as found in it
   */
  public static void requireWholeOctets(Octets signed, byte[] signature) throws DecodeException {
    int unusedBits = signed.length() - signature.length - 1;
    if (unusedBits < 0 || signed.at(unusedBits) != 0) {
      throw new DecodeException(
          Fault.UNEXPECTED_VALUE, unusedBits, "signature", "not a run of whole octets");
    }
  }
}
