// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.DecodeException;

/**
 * Tells a command that its sender repeats from one that somebody replays. The DSP sends a command
 * again only while it has no answer, and it acknowledges an answer only once it has stored it. So
 * an authentic command whose answer nobody has acknowledged may be a repetition; one whose answer
 * has been acknowledged is a replay.
 */
final class UnacknowledgedAnswers {
  private UnacknowledgedAnswers() {}

  /** Whether the device still keeps its answer to this command. */
  static boolean hold(DeviceState<?> state, GroupingHeader command) {
    return state.unacknowledged().stream().anyMatch(kept -> answers(kept, command));
  }

  private static boolean answers(Outgoing kept, GroupingHeader command) {
    try {
      return GbcsMessage.decode(kept.message()) instanceof GbcsMessage.Response response
          && response.header().messageId().equals(command.messageId().answered())
          && response.header().messageCode().equals(command.messageCode());
    } catch (DecodeException notOfThisDevice) {
      throw new IllegalStateException(
          "the device keeps what it could not have sent", notOfThisDevice);
    }
  }
}
