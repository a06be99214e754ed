// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.firmware;

import org.meterbox.gbcs.asn1.FirmwareContent;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * The header with which an image begins (ZigBee OTA upgrade file header, numbers with their lowest
 * octet first).
 *
 * <pre>
 * 0BEEF11E | header version(2) | header length(2) | field control(2) | manufacturer(2) | type(2) |
 * file version(4) | ...
 * </pre>
 */
final class OtaHeader {
  private static final long FILE_IDENTIFIER = 0x0BEEF11EL;
  private static final int BEFORE_FILE_VERSION_OCTETS = 10;

  private OtaHeader() {}

  /**
   * The file version: the version that a device shows once it runs the image.
   *
   * @return 4 octets, the highest first
   * @throws DecodeException where the image has no such header
   */
  static Octets fileVersion(Octets image) throws DecodeException {
    OctetReader reader = image.reader();
    if (reader.unsignedLittleEndian(Integer.BYTES) != FILE_IDENTIFIER) {
      throw reader.fault(Fault.UNEXPECTED_VALUE, "an image begins with the OTA file identifier");
    }
    reader.take(BEFORE_FILE_VERSION_OCTETS);
    return new OctetWriter(FirmwareContent.VERSION_OCTETS)
        .u32(reader.unsignedLittleEndian(FirmwareContent.VERSION_OCTETS))
        .toOctets();
  }
}
