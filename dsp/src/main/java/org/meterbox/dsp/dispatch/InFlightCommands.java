// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meterbox.dsp.requests.CommandEvent.Progress;
import org.meterbox.kernel.MessageId;

/**
 * How far each command in flight has come since this process started. Not stored: after a restart
 * everything is sent again. Holds as many entries as the gateway lets requests be in flight.
 */
final class InFlightCommands {
  private final Map<MessageId, Progress> progress = new ConcurrentHashMap<>();

  Progress of(MessageId command) {
    return progress.getOrDefault(command, Progress.NOT_SENT);
  }

  boolean contain(MessageId command) {
    return progress.containsKey(command);
  }

  void sent(MessageId command) {
    progress.put(command, Progress.IN_THE_WAN);
  }

  /** Nothing where the command has been answered meanwhile. */
  void delivered(MessageId command) {
    progress.computeIfPresent(command, (id, before) -> Progress.DELIVERED);
  }

  void ended(MessageId command) {
    progress.remove(command);
  }

  int count() {
    return progress.size();
  }
}
