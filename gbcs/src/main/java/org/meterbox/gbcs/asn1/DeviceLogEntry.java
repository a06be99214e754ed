// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.asn1;

import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;

/**
 * A device in a device log.
 *
 * @param typeCode 0 to 6, see {@link #typeName}; other numbers are kept
 */
public record DeviceLogEntry(Eui64 device, int typeCode) {
  private static final CodeNames TYPES =
      CodeNames.of("gsme", "esme", "chf", "gpf", "hcalcs", "ppmid", "type2");

  /** The name of the device's type. */
  public String typeName() {
    return typeName(typeCode);
  }

  /** The name of a type of device as join commands and device logs number it. */
  public static String typeName(int typeCode) {
    return TYPES.name(typeCode);
  }

  static DeviceLogEntry read(DerReader reader) throws DecodeException {
    DerReader body = reader.sequence("entry");
    DeviceLogEntry read =
        new DeviceLogEntry(body.eui("device"), body.integer(CodeNames.MAX, "device-type"));
    body.end();
    return read;
  }

  static void write(DerWriter writer, DeviceLogEntry entry) {
    writer.sequence(body -> body.eui(entry.device).integer(entry.typeCode));
  }
}
