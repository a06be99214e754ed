// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.transfer;

import org.meterbox.gbcs.envelope.CraFlag;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.MessageId;

/**
 * Which message a block belongs to.
 *
 * @param messageId the message's counter, and from whom to whom the block travels
 */
public record TransferId(CraFlag craFlag, MessageId messageId, MessageCode messageCode) {
  /** Of the blocks that carry a message. */
  public static TransferId of(GbcsMessage message) {
    return new TransferId(
        message.header().craFlag(), message.header().messageId(), message.header().messageCode());
  }

  /** Of the acknowledgements that travel the other way. */
  public TransferId reversed() {
    return new TransferId(craFlag, messageId.answered(), messageCode);
  }
}
