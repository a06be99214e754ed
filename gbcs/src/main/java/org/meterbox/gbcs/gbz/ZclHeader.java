// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.OptionalInt;
import org.meterbox.gbcs.gbz.ZclCommand.Direction;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;

/**
 * The header of a ZCL frame.
 *
 * <pre>
 * frame control | [manufacturer code(2, least significant first)] | sequence number | command id
 * frame control: bits 0-1 frame type, 2 manufacturer specific, 3 from server, 4 no default response
 * </pre>
 *
 * @param frameControl 0 to 255
 * @param manufacturerCode only where bit 2 of the frame control is set
 * @param sequenceNumber the response repeats that of its command
 * @param commandId 0 to 255
 */
public record ZclHeader(
    int frameControl, OptionalInt manufacturerCode, int sequenceNumber, int commandId) {
  private static final int FRAME_TYPE = 0x03;
  private static final int PROFILE_WIDE = 0x00;
  private static final int CLUSTER_SPECIFIC = 0x01;
  private static final int MANUFACTURER_SPECIFIC = 0x04;
  private static final int FROM_SERVER = 0x08;

  /** Refuses a manufacturer code that the frame control does not announce, and the reverse. */
  public ZclHeader {
    if (((frameControl & MANUFACTURER_SPECIFIC) != 0) != manufacturerCode.isPresent()) {
      throw new IllegalArgumentException(
          "bit 2 of the frame control says whether there is a manufacturer code");
    }
  }

  /** A header without manufacturer code, as GBCS always has it. */
  public static ZclHeader of(int frameControl, int sequenceNumber, int commandId) {
    return new ZclHeader(frameControl, OptionalInt.empty(), sequenceNumber, commandId);
  }

  /** Whether the command belongs to the cluster rather than to ZCL as a whole. */
  public boolean isClusterSpecific() {
    return (frameControl & FRAME_TYPE) == CLUSTER_SPECIFIC;
  }

  /** Whether the command is one that every cluster has. */
  public boolean isProfileWide() {
    return (frameControl & FRAME_TYPE) == PROFILE_WIDE;
  }

  /** Who sent the frame. */
  public Direction direction() {
    return (frameControl & FROM_SERVER) == 0 ? Direction.FROM_CLIENT : Direction.FROM_SERVER;
  }

  static ZclHeader read(OctetReader reader) throws DecodeException {
    int frameControl = reader.u8();
    OptionalInt manufacturer =
        (frameControl & MANUFACTURER_SPECIFIC) == 0
            ? OptionalInt.empty()
            : OptionalInt.of(reader.u16LittleEndian());
    return new ZclHeader(frameControl, manufacturer, reader.u8(), reader.u8());
  }

  void write(OctetWriter writer) {
    writer.u8(frameControl);
    manufacturerCode.ifPresent(writer::u16LittleEndian);
    writer.u8(sequenceNumber).u8(commandId);
  }
}
