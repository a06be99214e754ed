// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.util.Locale;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.Octets;

/**
 * Reads the alert code at the head of an alert's payload, in whichever of the three languages it is
 * written. The rest is the user's business and is not looked at (GBCS section 16, alerts).
 *
 * <pre>
 * DLMS   0F invoke-id(4) 00 02 n 12 code(2) ...
 * GBZ    0109 count(1) code(2) ...
 * ASN.1  30 L 02 l code(l) ...
 * </pre>
 */
final class AlertCodes {
  private static final int DLMS_TAG = 0x0F;
  private static final int GBZ_TAG = 0x01;
  private static final int ASN1_TAG = 0x30;
  private static final int DLMS_STRUCTURE = 0x02;
  private static final int DLMS_LONG_UNSIGNED = 0x12;
  private static final int ASN1_INTEGER = 0x02;

  private AlertCodes() {}

  /**
   * The alert code.
   *
   * @throws DecodeException where the payload does not begin like an alert
   */
  static int read(Octets payload) throws DecodeException {
    OctetReader reader = payload.reader();
    int tag = reader.u8();
    return switch (tag) {
      case DLMS_TAG -> dlms(reader);
      case GBZ_TAG -> gbz(reader);
      case ASN1_TAG -> asn1(reader);
      default ->
          throw reader.fault(
              Fault.UNKNOWN_TAG, String.format(Locale.ROOT, "no alert begins with %02X", tag));
    };
  }

  private static int dlms(OctetReader reader) throws DecodeException {
    reader.u32();
    reader.expect(0, "the date-time length");
    reader.expect(DLMS_STRUCTURE, "the structure's tag");
    reader.u8();
    reader.expect(DLMS_LONG_UNSIGNED, "the alert code's tag");
    return reader.u16();
  }

  private static int gbz(OctetReader reader) throws DecodeException {
    reader.expect(0x09, "the second octet of the profile identifier");
    reader.u8();
    return reader.u16();
  }

  private static int asn1(OctetReader reader) throws DecodeException {
    int length = reader.u8();
    if (length > 0x80) {
      // Long form: so many octets of length follow; how long the rest is does not matter here.
      reader.take(length - 0x80);
    }
    reader.expect(ASN1_INTEGER, "the alert code's tag");
    return switch (reader.u8()) {
      case 2 -> reader.u16();
      case 3 -> {
        // The code is positive, so from 8000 on it has a leading zero.
        reader.expect(0, "the alert code's sign");
        yield reader.u16();
      }
      default -> throw reader.fault(Fault.BAD_LENGTH, "an alert code has two octets");
    };
  }
}
