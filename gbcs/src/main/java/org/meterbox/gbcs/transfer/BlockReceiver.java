// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.OctetWriter;
import org.meterbox.kernel.Octets;

/**
 * Receives one long message in blocks, whichever are lost, repeated or overtaken on the way. Holds
 * at most {@link Block#MAX_BLOCKS} blocks. Not for use by two threads.
 */
public final class BlockReceiver {
  private final TransferId transfer;
  private final int window;
  private final List<Octets> arrived =
      new ArrayList<>(Collections.nCopies(Block.MAX_BLOCKS, Octets.EMPTY));
  private int acknowledged;
  private int highest;
  private int lastNumber = Block.MAX_BLOCKS + 1;
  private int answers;

  /**
   * Expects the blocks of one transfer.
   *
   * @param window how many blocks to take at a time, 1 to 63
   */
  public BlockReceiver(TransferId transfer, int window) {
    if (window < 1 || window > Block.MAX_BLOCKS) {
      throw new IllegalArgumentException("a window holds 1 to 63 blocks");
    }
    this.transfer = transfer;
    this.window = window;
  }

  /** What a block led to. */
  public sealed interface Outcome {
    /** More blocks follow before an acknowledgement is expected. */
    record Kept() implements Outcome {}

    /** To be sent: it names the block up to which nothing is missing. */
    record Acknowledge(Block acknowledgement) implements Outcome {}

    /** Nothing is missing any more; the acknowledgement is still to be sent. */
    record Complete(Octets message, Block acknowledgement) implements Outcome {}

    /** The block changed nothing. */
    record Refused(Refusal reason) implements Outcome {}
  }

  /** Why a block is not taken. */
  public enum Refusal {
    /** It belongs to another transfer. */
    OTHER_TRANSFER,
    /** It carries no data. */
    NO_DATA,
    /** Its number is 0 or beyond the most blocks of a transfer. */
    NUMBER_OUT_OF_RANGE,
    /** Its number, its data or its being the last contradicts an earlier block. */
    CONTRADICTION
  }

  /** Takes a block. A repeated one is acknowledged again, since the first answer may be lost. */
  public Outcome accept(Block block) {
    Optional<Refusal> refusal = refusalOf(block);
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    arrived.set(block.number() - 1, block.data());
    highest = Math.max(highest, block.number());
    if (block.last()) {
      lastNumber = block.number();
    }
    while (acknowledged < highest && !arrived.get(acknowledged).isEmpty()) {
      acknowledged++;
    }
    if (acknowledged == lastNumber) {
      return new Outcome.Complete(message(), acknowledgement());
    }
    return block.streaming() ? new Outcome.Kept() : new Outcome.Acknowledge(acknowledgement());
  }

  private Optional<Refusal> refusalOf(Block block) {
    if (!block.transfer().equals(transfer)) {
      return Optional.of(Refusal.OTHER_TRANSFER);
    }
    if (block.isAcknowledgement()) {
      return Optional.of(Refusal.NO_DATA);
    }
    if (block.number() < 1 || block.number() > Block.MAX_BLOCKS) {
      return Optional.of(Refusal.NUMBER_OUT_OF_RANGE);
    }
    Octets known = arrived.get(block.number() - 1);
    boolean changed = !known.isEmpty() && !known.equals(block.data());
    boolean lastKnown = lastNumber <= Block.MAX_BLOCKS;
    boolean endMoved =
        block.last()
            ? block.number() < highest || (lastKnown && block.number() != lastNumber)
            : block.number() >= lastNumber;
    return changed || endMoved ? Optional.of(Refusal.CONTRADICTION) : Optional.empty();
  }

  private Block acknowledgement() {
    answers++;
    return new Block(
        transfer.reversed(), true, false, window, answers & 0xFFFF, acknowledged, Octets.EMPTY);
  }

  private Octets message() {
    OctetWriter message = new OctetWriter(acknowledged * Block.MAX_DATA_OCTETS);
    arrived.subList(0, acknowledged).forEach(message::put);
    return message.toOctets();
  }
}
