// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.kernel.Octets;

/**
 * Sends one long message in blocks: a window of them, then it waits for the acknowledgement. It
 * holds no clock; whoever drives it asks for {@link #window} again when none came in time. Not for
 * use by two threads.
 */
public final class BlockSender {
  private final TransferId transfer;
  private final List<Octets> pieces;
  private int acknowledged;
  private int window;

  private BlockSender(TransferId transfer, List<Octets> pieces, int window) {
    this.transfer = transfer;
    this.pieces = pieces;
    this.window = window;
  }

  /**
   * Cuts a message into blocks.
   *
   * @param window how many blocks to send before an acknowledgement, 1 to 63
   * @param blockOctets how many octets of the message go into a block, 1 to 1149
   * @throws IllegalArgumentException where the message needs more than 63 blocks
   */
  public static BlockSender of(GbcsMessage message, int window, int blockOctets) {
    if (window < 1 || window > Block.MAX_BLOCKS) {
      throw new IllegalArgumentException("a window holds 1 to 63 blocks");
    }
    if (blockOctets < 1 || blockOctets > Block.MAX_DATA_OCTETS) {
      throw new IllegalArgumentException("a block holds 1 to 1149 octets");
    }
    Octets octets = message.encode();
    int count = (octets.length() + blockOctets - 1) / blockOctets;
    if (count > Block.MAX_BLOCKS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d octets need %d blocks; 63 are allowed", octets.length(), count));
    }
    List<Octets> pieces = new ArrayList<>(count);
    for (int from = 0; from < octets.length(); from += blockOctets) {
      pieces.add(octets.slice(from, Math.min(from + blockOctets, octets.length())));
    }
    return new BlockSender(TransferId.of(message), pieces, window);
  }

  /** The blocks to send now, or to send again: from the first that is not acknowledged. */
  public List<Block> window() {
    int end = endOfWindow();
    List<Block> blocks = new ArrayList<>(end - acknowledged);
    for (int i = acknowledged; i < end; i++) {
      boolean last = i + 1 == pieces.size();
      boolean moreInWindow = i + 1 < end;
      blocks.add(new Block(transfer, last, moreInWindow, window, i + 1, 0, pieces.get(i)));
    }
    return blocks;
  }

  /**
   * Takes an acknowledgement. One that is older than what is known, beyond what was sent or of
   * another transfer changes nothing.
   *
   * @return whether it told something new
   */
  public boolean acknowledge(Block acknowledgement) {
    boolean ours =
        acknowledgement.isAcknowledgement()
            && acknowledgement.transfer().equals(transfer.reversed());
    int upTo = acknowledgement.acknowledged();
    if (!ours || upTo <= acknowledged || upTo > endOfWindow()) {
      return false;
    }
    acknowledged = upTo;
    if (acknowledgement.window() > 0) {
      window = acknowledgement.window();
    }
    return true;
  }

  /** Whether every block has arrived. */
  public boolean isDone() {
    return acknowledged == pieces.size();
  }

  private int endOfWindow() {
    return Math.min(acknowledged + window, pieces.size());
  }
}
