// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import java.security.interfaces.ECPublicKey;
import java.util.Locale;
import org.meterbox.crypto.EcdsaSignature;
import org.meterbox.crypto.Sha256;
import org.meterbox.crypto.Signatures;
import org.meterbox.crypto.SigningKey;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * A firmware image as it is distributed to devices (GBCS section 11).
 *
 * <pre>
 * manufacturer image | force replace | 40 signature(64)
 * </pre>
 *
 * @param manufacturerImage what the device runs; CS06 and the receipt alerts name its SHA-256
 * @param forceReplace whether an image of the same version is to be replaced
 * @param signature over the manufacturer image
 */
public record FirmwareImage(Octets manufacturerImage, int forceReplace, EcdsaSignature signature) {
  /** The longest image that the DCC distributes (DUIS 11.1). */
  public static final int MAX_OCTETS = 10_240_000;

  private static final int TRAILER_OCTETS = 2 + EcdsaSignature.OCTETS;

  /** Refuses an empty image and a flag of more than one octet. */
  public FirmwareImage {
    if (manufacturerImage.isEmpty() || forceReplace < 0 || forceReplace > 0xFF) {
      throw new IllegalArgumentException("an image is not empty, its flag is one octet");
    }
  }

  /** Signs an image. */
  public static FirmwareImage sign(
      Octets manufacturerImage, boolean forceReplace, SigningKey signer) {
    EcdsaSignature signature = signer.sign(manufacturerImage.toArray());
    return new FirmwareImage(manufacturerImage, forceReplace ? 1 : 0, signature);
  }

  /** Reads a whole distributed image. */
  public static FirmwareImage decode(Octets octets) throws DecodeException {
    OctetReader reader = octets.reader();
    if (octets.length() > MAX_OCTETS) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "an image has at most %d octets", MAX_OCTETS));
    }
    if (octets.length() <= TRAILER_OCTETS) {
      throw reader.fault(Fault.TRUNCATED, "an image has more octets than its trailer");
    }
    Octets image = reader.take(octets.length() - TRAILER_OCTETS);
    int forceReplace = reader.u8();
    reader.expect(EcdsaSignature.OCTETS, "the signature's length");
    EcdsaSignature signature = new EcdsaSignature(reader.take(EcdsaSignature.OCTETS));
    return new FirmwareImage(image, forceReplace, signature);
  }

  /** Writes the distributed image. */
  public Octets encode() {
    return new OctetWriter(manufacturerImage.length() + TRAILER_OCTETS)
        .put(manufacturerImage)
        .u8(forceReplace)
        .u8(EcdsaSignature.OCTETS)
        .put(signature.octets())
        .toOctets();
  }

  /** SHA-256 of the manufacturer image: its name in commands and alerts. */
  public Octets hash() {
    return Sha256.of(manufacturerImage);
  }

  /**
   * Returns only if the image is signed by the holder of the key.
   *
   * @throws VerificationException where it is not
   */
  public void verify(ECPublicKey signer) throws VerificationException {
    Signatures.verify(signer, manufacturerImage.toArray(), signature);
  }
}
