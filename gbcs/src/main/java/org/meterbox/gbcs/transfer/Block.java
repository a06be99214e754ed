// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import java.util.Locale;
import org.meterbox.gbcs.envelope.BerLength;
import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.OriginatorCounter;

/**
 * One block of a long message, or an acknowledgement of blocks.
 *
 * <pre>
 * DD | 09 cra counter(8) | 08 originator(8) | 08 recipient(8) | 00 | 02 code(2) | 00
 *    | L | 11 00000000 | E0 | control | number(2) | acknowledged(2) | L data
 * control: bit 7 last block, bit 6 streaming, bits 5-0 window
 * </pre>
 *
 * @param transfer which message, and from whom to whom this block travels
 * @param last whether no block follows
 * @param streaming whether more blocks follow before an acknowledgement is expected
 * @param window how many blocks the sender of this one takes at a time, 0 to 63
 * @param number from 1
 * @param acknowledged all blocks up to this number have arrived
 * @param data none in an acknowledgement
 */
public record Block(
    TransferId transfer,
    boolean last,
    boolean streaming,
    int window,
    int number,
    int acknowledged,
    Octets data) {
  /** Most octets of the message in one block. */
  public static final int MAX_DATA_OCTETS = 1149;

  /** Most blocks in one transfer, and the widest window. */
  public static final int MAX_BLOCKS = 63;

  private static final int GENERAL_CIPHERING = 0xDD;
  private static final int TRANSACTION_ID_OCTETS = 9;
  private static final int MESSAGE_CODE_OCTETS = 2;
  private static final Octets SECURITY_HEADER = Octets.ofHex("1100000000");
  private static final int GENERAL_BLOCK_TRANSFER = 0xE0;
  private static final int LAST = 0x80;
  private static final int STREAMING = 0x40;
  private static final int WINDOW = 0x3F;

  /** Refuses numbers beyond their fields and more data than a block holds. */
  public Block {
    if (window < 0 || window > WINDOW || data.length() > MAX_DATA_OCTETS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a block holds %d octets in a window of 63 at most", MAX_DATA_OCTETS));
    }
  }

  /** Whether the octets are a block rather than a message: both begin with the same tag. */
  public static boolean isBlock(Octets octets) {
    return octets.length() > 1
        && octets.at(0) == GENERAL_CIPHERING
        && octets.at(1) == TRANSACTION_ID_OCTETS;
  }

  /** Whether it carries no data. */
  public boolean isAcknowledgement() {
    return data.isEmpty();
  }

  /**
   * Reads a whole block.
   *
   * @throws DecodeException where an octet is missing, left over or not as prescribed
   */
  public static Block decode(Octets octets) throws DecodeException {
    OctetReader reader = octets.reader();
    Block block = read(reader);
    reader.expectEnd();
    return block;
  }

  /** Reads one block, behind which others may follow. */
  static Block read(OctetReader reader) throws DecodeException {
    reader.expect(GENERAL_CIPHERING, "the block's tag");
    reader.expect(TRANSACTION_ID_OCTETS, "the transaction identifier's length");
    CraFlag flag = CraFlag.read(reader);
    OriginatorCounter counter = new OriginatorCounter(reader.u64());
    reader.expect(Eui64.OCTETS, "the originator's length");
    Eui64 originator = Eui64.read(reader);
    reader.expect(Eui64.OCTETS, "the recipient's length");
    Eui64 recipient = Eui64.read(reader);
    reader.expect(0, "the date-time's length");
    reader.expect(MESSAGE_CODE_OCTETS, "the other information's length");
    MessageCode code = new MessageCode(reader.u16());
    reader.expect(0, "the key information");
    OctetReader service = reader.slice(BerLength.read(reader), "block");
    MessageId id = new MessageId(originator, recipient, counter);
    return readService(service, new TransferId(flag, id, code));
  }

  private static Block readService(OctetReader service, TransferId transfer)
      throws DecodeException {
    for (int i = 0; i < SECURITY_HEADER.length(); i++) {
      service.expect(SECURITY_HEADER.at(i), "the security header");
    }
    service.expect(GENERAL_BLOCK_TRANSFER, "the block transfer's tag");
    int control = service.u8();
    int number = service.u16();
    int acknowledged = service.u16();
    int length = BerLength.read(service);
    if (length > MAX_DATA_OCTETS) {
      throw service.fault(
          Fault.LIMIT_EXCEEDED,
          String.format(Locale.ROOT, "a block holds at most %d octets", MAX_DATA_OCTETS));
    }
    Octets data = service.take(length);
    service.expectEnd();
    return new Block(
        transfer,
        (control & LAST) != 0,
        (control & STREAMING) != 0,
        control & WINDOW,
        number,
        acknowledged,
        data);
  }

  /** Writes the block. */
  public Octets encode() {
    OctetWriter service = new OctetWriter(data.length() + 16).put(SECURITY_HEADER);
    int control = (last ? LAST : 0) | (streaming ? STREAMING : 0) | window;
    service.u8(GENERAL_BLOCK_TRANSFER).u8(control).u16(number).u16(acknowledged);
    BerLength.write(service, data.length());
    service.put(data);
    OctetWriter writer = new OctetWriter(service.length() + 48).u8(GENERAL_CIPHERING);
    MessageId id = transfer.messageId();
    writer.u8(TRANSACTION_ID_OCTETS).u8(transfer.craFlag().code()).u64(id.counter().value());
    writer.u8(Eui64.OCTETS).u64(id.originator().value());
    writer.u8(Eui64.OCTETS).u64(id.target().value()).u8(0);
    writer.u8(MESSAGE_CODE_OCTETS).u16(transfer.messageCode().value()).u8(0);
    BerLength.write(writer, service.length());
    return writer.put(service.toArray()).toOctets();
  }
}
