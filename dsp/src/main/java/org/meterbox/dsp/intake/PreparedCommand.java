// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.commands.CommandResult;
import org.meterbox.dsp.requests.CommandForDevice;

/** Whether there is a command that can be stored for a request. */
sealed interface PreparedCommand {
  /** A Pre-Command, or a command with its MAC. */
  record Ready(CommandForDevice command) implements PreparedCommand {}

  /** There is none. */
  record Refused(Refusal refusal) implements PreparedCommand {}

  /** From what the command policy made of the request. */
  static PreparedCommand of(CommandResult result) {
    return switch (result) {
      case CommandResult.PreCommand(var id, var octets) ->
          new Ready(new CommandForDevice(id, octets));
      case CommandResult.Command(var id, var octets) -> new Ready(new CommandForDevice(id, octets));
      case CommandResult.Refused(var code, var rule) -> new Refused(new Refusal(code, rule));
    };
  }
}
