// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.gbz;

import java.util.Locale;
import java.util.OptionalLong;
import org.meterbox.crypto.DerivedKey;
import org.meterbox.crypto.SensitiveContent;
import org.meterbox.crypto.VerificationException;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * One ZCL command in a GBZ payload (GBCS section 7.2.9).
 *
 * <pre>
 * control | cluster(2) | length(2) | [from-date-time(4)]
 *   plain      ZCL header(3) | ZCL payload
 *   encrypted  00 | frame counter | ZCL header(3) | length(2) | 31 00000000 ciphertext tag(12)
 * control: bit 0 last component, bit 1 encrypted, bit 4 from-date-time present
 * </pre>
 *
 * <p>Everything outside ZCL is big endian. Whether a component is the last follows from its place.
 */
public sealed interface Component {
  /** The cluster that is addressed. */
  Cluster cluster();

  /** Where the range of a log begins, or when a setting takes effect: seconds since 2000 in UTC. */
  OptionalLong fromDateTime();

  /** The ZCL header, never encrypted. */
  ZclHeader header();

  /** The command's name, or its number where the table does not know it. */
  default String name() {
    return ZclFrame.name(cluster(), header());
  }

  /** A component whose content anybody may read. */
  record Plain(OptionalLong fromDateTime, ZclFrame frame) implements Component {
    /** Without a from-date-time. */
    public static Plain of(ZclFrame frame) {
      return new Plain(OptionalLong.empty(), frame);
    }

    @Override
    public Cluster cluster() {
      return frame.cluster();
    }

    @Override
    public ZclHeader header() {
      return frame.header();
    }
  }

  /**
   * A component whose ZCL payload only its addressee may read.
   *
   * @param frameCounter 0 in the first encrypted component of the message, one more in each other
   * @param block security header, ciphertext and tag
   */
  record Encrypted(
      Cluster cluster, OptionalLong fromDateTime, int frameCounter, ZclHeader header, Octets block)
      implements Component {
    /** Encrypts the frame's payload for the holder of the key. */
    public static Encrypted seal(
        ZclFrame frame, OptionalLong fromDateTime, int frameCounter, DerivedKey key) {
      Octets block = SensitiveContent.encrypt(key, frame.payloadOctets());
      return new Encrypted(frame.cluster(), fromDateTime, frameCounter, frame.header(), block);
    }

    /**
     * Decrypts the payload.
     *
     * @throws VerificationException where the block is not intact or not for this key
     * @throws DecodeException where the device encrypted something that is no such payload; offsets
     *     count from the start of the plain text
     */
    public ZclFrame open(DerivedKey key) throws VerificationException, DecodeException {
      return ZclFrame.decode(cluster, header, SensitiveContent.decrypt(key, block));
    }
  }

  /** Reads a component; {@code last} says whether its control octet must say so. */
  static Component read(OctetReader reader, boolean last) throws DecodeException {
    int control = reader.u8();
    if ((control & ~ControlBits.KNOWN) != 0 || ((control & ControlBits.LAST) != 0) != last) {
      throw reader.fault(
          Fault.UNEXPECTED_VALUE,
          String.format(
              Locale.ROOT,
              "extended header control %02X in %s component",
              control,
              last ? "the last" : "an inner"));
    }
    Cluster cluster = new Cluster(reader.u16());
    OctetReader content = reader.slice(reader.u16(), "component");
    OptionalLong from =
        (control & ControlBits.FROM_DATE_TIME) != 0
            ? OptionalLong.of(content.u32())
            : OptionalLong.empty();
    return (control & ControlBits.ENCRYPTED) == 0
        ? new Plain(from, ZclFrame.read(cluster, content))
        : readEncrypted(cluster, from, content);
  }

  private static Encrypted readEncrypted(Cluster cluster, OptionalLong from, OctetReader content)
      throws DecodeException {
    content.expect(0, "the additional header control");
    int frameCounter = content.u8();
    ZclHeader header = ZclHeader.read(content);
    int length = content.u16();
    if (length < SensitiveContent.OVERHEAD_OCTETS) {
      throw content.fault(Fault.BAD_LENGTH, length + " octets hold no encrypted content");
    }
    Octets block = content.take(length);
    content.expectEnd();
    return new Encrypted(cluster, from, frameCounter, header, block);
  }

  /** Writes the component, marked as the last of the message or not. */
  default void write(OctetWriter writer, boolean last) {
    OctetWriter content = new OctetWriter(128);
    fromDateTime().ifPresent(content::u32);
    int control = (last ? ControlBits.LAST : 0);
    control |= fromDateTime().isPresent() ? ControlBits.FROM_DATE_TIME : 0;
    switch (this) {
      case Plain plain -> {
        plain.header().write(content);
        ZclPayloadCodec.write(plain.frame().payload(), content);
      }
      case Encrypted encrypted -> {
        control |= ControlBits.ENCRYPTED;
        content.u8(0).u8(encrypted.frameCounter());
        encrypted.header().write(content);
        content.u16(encrypted.block().length()).put(encrypted.block());
      }
    }
    writer.u8(control).u16(cluster().id()).u16(content.length()).put(content.toArray());
  }

  /** The bits of the extended header control. */
  final class ControlBits {
    static final int LAST = 0x01;
    static final int ENCRYPTED = 0x02;
    static final int FROM_DATE_TIME = 0x10;
    static final int KNOWN = LAST | ENCRYPTED | FROM_DATE_TIME;

    private ControlBits() {}
  }
}
