// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import java.util.Locale;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.transfer.BlockReceiver.Outcome;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.DecodeException.Fault;
import org.meterbox.kernel.OctetReader;
import org.meterbox.kernel.Octets;

/** The blocks of one long message as they were recorded, one behind the other in any order. */
public final class RecordedTransfer {
  private RecordedTransfer() {}

  /**
   * The message that is meant: the octets themselves, or what the blocks of its transfer hold.
   *
   * @param octets a message, or blocks one behind the other
   * @throws DecodeException where blocks do not make a message
   */
  public static Octets messageIn(Octets octets) throws DecodeException {
    return Block.isBlock(octets) ? message(octets) : octets;
  }

  /**
   * Puts the message together.
   *
   * @param blocks with or without repetitions; acknowledgements among them are left alone
   * @return the message, whose header says the same as those of the blocks
   * @throws DecodeException where a block is malformed, contradicts another or is missing, and
   *     where the message is another than the blocks announce
   */
  public static Octets message(Octets blocks) throws DecodeException {
    OctetReader reader = blocks.reader();
    Block block = Block.read(reader);
    TransferId transfer =
        block.isAcknowledgement() ? block.transfer().reversed() : block.transfer();
    BlockReceiver receiver = new BlockReceiver(transfer, Block.MAX_BLOCKS);
    while (true) {
      if (!block.isAcknowledgement()) {
        switch (receiver.accept(block)) {
          case Outcome.Complete(Octets message, Block ignored) -> {
            return announced(message, transfer, reader);
          }
          case Outcome.Refused(BlockReceiver.Refusal reason) ->
              throw reader.fault(
                  Fault.UNEXPECTED_VALUE,
                  String.format(Locale.ROOT, "block %d: %s", block.number(), reason));
          case Outcome.Kept ignored -> {}
          case Outcome.Acknowledge ignored -> {}
        }
      }
      if (reader.remaining() == 0) {
        throw reader.fault(Fault.TRUNCATED, "blocks of the message are missing");
      }
      block = Block.read(reader);
    }
  }

  private static Octets announced(Octets message, TransferId transfer, OctetReader blocks)
      throws DecodeException {
    if (!TransferId.of(GbcsMessage.decode(message)).equals(transfer)) {
      throw blocks.fault(
          Fault.UNEXPECTED_VALUE, "the message is not the one that its blocks announce");
    }
    while (blocks.remaining() > 0) {
      Block.read(blocks);
    }
    return message;
  }
}
