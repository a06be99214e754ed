// SPDX-License-Identifier: Apache-2.0
package org.meterbox.crypto;

import org.meterbox.kernel.Octets;

/**
 * An ECDSA P-256 signature as GBCS and XML Signature write it: r then s, 32 octets each, most
 * significant first, zero padded.
 *
 * @param octets exactly 64 octets
 */
public record EcdsaSignature(Octets octets) {
  /** Length of the encoded signature. */
  public static final int OCTETS = 64;

  /** Refuses any length but 64 octets. */
  public EcdsaSignature {
    if (octets.length() != OCTETS) {
      throw new IllegalArgumentException(
          "an ECDSA P-256 signature has 64 octets, not " + octets.length());
    }
  }
}
