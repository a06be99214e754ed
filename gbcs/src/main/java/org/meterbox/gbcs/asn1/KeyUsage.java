// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * What a key is for: the key usage bits of X.509, the first in the most significant place.
 *
 * @param unusedBits how many bits at the end of the last octet do not count, 0 to 7
 * @param bits the bits in whole octets
 */
public record KeyUsage(int unusedBits, Octets bits) {
  /** Bit 0: signing messages. */
  public static final KeyUsage DIGITAL_SIGNATURE = new KeyUsage(7, Octets.of((byte) 0x80));

  /** Bit 4: agreeing on keys for MACs and encryption. */
  public static final KeyUsage KEY_AGREEMENT = new KeyUsage(3, Octets.of((byte) 0x08));

  /** Bit 5: signing certificates. */
  public static final KeyUsage KEY_CERT_SIGN = new KeyUsage(2, Octets.of((byte) 0x04));

  /** Bits 5 and 6: signing certificates and revocation lists. */
  public static final KeyUsage KEY_CERT_AND_CRL_SIGN = new KeyUsage(1, Octets.of((byte) 0x06));

  private static final int MAX_OCTETS = 2;

  /** Refuses a number of unused bits that the octets do not have. */
  public KeyUsage {
    if (unusedBits < 0 || unusedBits > 7 || (bits.isEmpty() && unusedBits != 0)) {
      throw new IllegalArgumentException("0 to 7 bits of the last octet are unused");
    }
  }

  /** Whether the bit of this number, counted from the first, is set. */
  public boolean has(int bit) {
    return bit / 8 < bits.length() && (bits.at(bit / 8) & (0x80 >>> (bit % 8))) != 0;
  }

  static KeyUsage read(DerReader reader) throws DecodeException {
    Octets content = reader.octets(DerTag.BIT_STRING, "key-usage");
    boolean wellFormed =
        !content.isEmpty()
            && content.length() <= 1 + MAX_OCTETS
            && content.at(0) <= 7
            && (content.length() > 1 || content.at(0) == 0);
    if (!wellFormed) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, content + " is no key usage");
    }
    return new KeyUsage(content.at(0), content.slice(1, content.length()));
  }

  static void write(DerWriter writer, KeyUsage usage) {
    writer.primitive(
        DerTag.BIT_STRING, new OctetWriter(3).u8(usage.unusedBits).put(usage.bits).toOctets());
  }

  @Override
  public String toString() {
    if (equals(DIGITAL_SIGNATURE)) {
      return "digitalSignature";
    }
    if (equals(KEY_AGREEMENT)) {
      return "keyAgreement";
    }
    return equals(KEY_CERT_SIGN) ? "keyCertSign" : "key usage " + bits.hex();
  }
}
