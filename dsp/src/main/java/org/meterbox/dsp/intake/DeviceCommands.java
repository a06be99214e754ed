// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.time.Instant;
import org.meterbox.dsp.access.Refusal;
import org.meterbox.dsp.commands.CommandPolicy;
import org.meterbox.dsp.intake.RequestDecision.CommandNeeded;
import org.meterbox.dsp.requests.CommandForDevice;
import org.meterbox.dsp.requests.CommandRecord;
import org.meterbox.dsp.requests.CommandState;
import org.meterbox.dsp.requests.RetryPlan;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.request.SignedPreCommand;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.kernel.Priority;

/** Carries a decision out as far as the command: the one place that asks for commands. */
public final class DeviceCommands {
  private final CommandPolicy policy;
  private final RetryPlan retryPlan;

  /** Commands by this policy, in flight as long as this plan says. */
  public DeviceCommands(CommandPolicy policy, RetryPlan retryPlan) {
    this.policy = policy;
    this.retryPlan = retryPlan;
  }

  /** Makes the command that a decision needs, or completes the one that the user has signed. */
  PreparedCommand make(ServiceRequest request, CommandNeeded needed) {
    try {
      if (needed.preCommand().isEmpty()) {
        return PreparedCommand.of(policy.command(request, needed.device(), needed.role()));
      }
      SignedPreCommand signed = request.signedPreCommand().orElseThrow();
      return PreparedCommand.of(
          policy.secure(
              signed.gbcsPayload(),
              needed.preCommand().get(),
              request.requestId().originator(),
              needed.role()));
    } catch (ElementException notAsTheSchemaSays) {
      return new PreparedCommand.Refused(
          Refusal.withoutOwnCode(String.valueOf(notAsTheSchemaSays.getMessage())));
    }
  }

  /** The command as it is stored: on its way, or given back. */
  CommandRecord record(
      CommandForDevice command, CommandNeeded needed, Priority priority, Instant now) {
    CommandState state =
        switch (needed.use()) {
          case SEND, SEND_AND_GIVE_BACK ->
              new CommandState.InFlight(1, now.plus(retryPlan.answerWait(needed.device().type())));
          case GIVE_BACK, PRE_COMMAND -> new CommandState.GivenBack();
        };
    return new CommandRecord(command, needed.device().type(), priority, state);
  }
}
