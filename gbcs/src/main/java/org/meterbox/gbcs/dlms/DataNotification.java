// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.dlms;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * DLMS DataNotification: the payload of an alert.
 *
 * @param longInvokeId break-on-error flag and the low three octets of the alert's counter
 * @param body a structure that begins with alert code and time
 */
public record DataNotification(long longInvokeId, DlmsValue body) {
  /** The tag that begins the payload. */
  public static final int TAG = 0x0F;

  /** Reads a whole payload. */
  public static DataNotification decode(Octets payload) throws DecodeException {
    OctetReader reader = payload.reader();
    reader.expect(TAG, "the DataNotification tag");
    long invokeId = reader.u32();
    reader.expect(0, "the date-time length");
    DlmsValue body = DlmsCodec.read(reader);
    reader.expectEnd();
    return new DataNotification(invokeId, body);
  }

  /** Writes the payload. */
  public Octets encode() {
    OctetWriter writer = new OctetWriter(256).u8(TAG).u32(longInvokeId).u8(0);
    DlmsCodec.write(body, writer);
    return writer.toOctets();
  }
}
