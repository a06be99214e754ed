// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import org.meterbox.gbcs.dlms.DataNotification;
import org.meterbox.gbcs.dlms.DlmsDateTime;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * The hub could not deliver a remote party's message to the electricity meter (message code 00D5,
 * alert 8F84). It begins like a DataNotification, but its last item is no DLMS value:
 *
 * <pre>
 * 0F | invoke id(4) | 00 | 02 n | 12 alert code(2) | 09 0C time(12) | 30 L originator target cra counter
 * </pre>
 *
 * <p>No reference message shows this alert, so the last item is kept as it came.
 *
 * @param items what the structure says about its number of items
 * @param identity the octets of the last item after its tag and length
 */
public record UndeliveredMessage(
    long longInvokeId, int items, int alertCode, DlmsDateTime time, Octets identity) {
  /** The message code of this alert. */
  public static final int MESSAGE_CODE = 0x00D5;

  private static final int STRUCTURE = 0x02;
  private static final int UINT16 = 0x12;
  private static final int OCTET_STRING = 0x09;
  private static final int SEQUENCE = 0x30;

  static UndeliveredMessage decode(Octets payload) throws DecodeException {
    OctetReader reader = payload.reader();
    reader.expect(DataNotification.TAG, "the DataNotification tag");
    long invokeId = reader.u32();
    reader.expect(0, "the date-time length");
    reader.expect(STRUCTURE, "the structure's tag");
    int items = reader.u8();
    reader.expect(UINT16, "the alert code's tag");
    int alertCode = reader.u16();
    reader.expect(OCTET_STRING, "the time's tag");
    reader.expect(DlmsDateTime.OCTETS, "the time's length");
    DlmsDateTime time = new DlmsDateTime(reader.take(DlmsDateTime.OCTETS));
    reader.expect(SEQUENCE, "the message identity's tag");
    Octets identity = reader.take(BerLength.read(reader));
    reader.expectEnd();
    return new UndeliveredMessage(invokeId, items, alertCode, time, identity);
  }

  Octets encode() {
    OctetWriter writer =
        new OctetWriter(64)
            .u8(DataNotification.TAG)
            .u32(longInvokeId)
            .u8(0)
            .u8(STRUCTURE)
            .u8(items)
            .u8(UINT16)
            .u16(alertCode)
            .u8(OCTET_STRING)
            .u8(DlmsDateTime.OCTETS)
            .put(time.octets())
            .u8(SEQUENCE);
    BerLength.write(writer, identity.length());
    return writer.put(identity).toOctets();
  }
}
