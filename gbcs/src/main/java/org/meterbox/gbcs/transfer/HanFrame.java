// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import java.util.Locale;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * What one ZigBee Transfer Data command carries between the hub and a device (GBCS section 10.2.2).
 * The electricity meter takes messages as they come; a device that sleeps asks for them.
 *
 * <pre>
 * DD.. or DF..                 a message as it is
 * 01                           GET: is there a message for me?
 * 02 | still waiting | message GET-RESPONSE; no message where none waits
 * 03 | message                 PUT: a message from the device
 * </pre>
 */
public sealed interface HanFrame {
  /** The longest frame that the buffers of home devices hold. */
  int MAX_OCTETS = 1200;

  /** A message, or a block of one, as it is. */
  record Direct(Octets message) implements HanFrame {}

  /** A device asks for the next message. */
  record Get() implements HanFrame {}

  /**
   * The hub hands over a message.
   *
   * @param stillWaiting how many more the hub holds for the device, 0 to 255
   * @param message empty where none waits
   */
  record GetResponse(int stillWaiting, Octets message) implements HanFrame {}

  /** A device hands over a message. */
  record Put(Octets message) implements HanFrame {}

  /** Reads a whole frame. */
  static HanFrame decode(Octets frame) throws DecodeException {
    OctetReader reader = frame.reader();
    if (frame.length() > MAX_OCTETS) {
      throw reader.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "a frame has at most %d octets", MAX_OCTETS));
    }
    int first = reader.u8();
    return switch (first) {
      case FrameTag.GET -> {
        reader.expectEnd();
        yield new Get();
      }
      case FrameTag.GET_RESPONSE -> new GetResponse(reader.u8(), reader.takeRemaining());
      case FrameTag.PUT -> new Put(reader.takeRemaining());
      case FrameTag.GENERAL_CIPHERING, FrameTag.GENERAL_SIGNING -> new Direct(frame);
      default ->
          throw frame
              .reader()
              .fault(
                  Fault.UNKNOWN_TAG,
                  String.format(Locale.ROOT, "no frame begins with %02X", first));
    };
  }

  /** Writes the frame. */
  default Octets encode() {
    return switch (this) {
      case Direct direct -> direct.message();
      case Get ignored -> new OctetWriter(1).u8(FrameTag.GET).toOctets();
      case GetResponse response ->
          new OctetWriter(response.message().length() + 2)
              .u8(FrameTag.GET_RESPONSE)
              .u8(response.stillWaiting())
              .put(response.message())
              .toOctets();
      case Put put ->
          new OctetWriter(put.message().length() + 1)
              .u8(FrameTag.PUT)
              .put(put.message())
              .toOctets();
    };
  }

  /** The octets that begin frames. */
  final class FrameTag {
    static final int GET = 0x01;
    static final int GET_RESPONSE = 0x02;
    static final int PUT = 0x03;
    static final int GENERAL_CIPHERING = 0xDD;
    static final int GENERAL_SIGNING = 0xDF;

    private FrameTag() {}
  }
}
