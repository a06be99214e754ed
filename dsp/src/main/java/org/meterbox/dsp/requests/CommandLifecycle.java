// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.meterbox.dsp.requests.CommandEvent.DeadlinePassed;
import org.meterbox.dsp.requests.CommandEvent.NotDelivered;
import org.meterbox.dsp.requests.CommandState.CommandFailure;
import org.meterbox.dsp.requests.CommandState.Failed;
import org.meterbox.dsp.requests.CommandState.InFlight;

/** The decisions about a command in flight: from state, event and time to the next step. */
public final class CommandLifecycle {
  private CommandLifecycle() {}

  /**
   * The new state and what follows from it.
   *
   * @param sendAgain whether the command goes to the SM WAN once more, the same octets as before
   */
  public record Step(CommandState state, boolean sendAgain) {}

  /**
   * Decides.
   *
   * @param answerWait how long this device may take to answer
   * @return empty where the event changes nothing, since the command has ended already
   */
  public static Optional<Step> decide(
      CommandState state, CommandEvent event, Instant now, RetryPlan plan, Duration answerWait) {
    return switch (state) {
      case InFlight flying -> Optional.of(decide(flying, event, now, plan, answerWait));
      case CommandState.GivenBack _,
          CommandState.Answered _,
          CommandState.Unsupported _,
          Failed _ ->
          Optional.empty();
    };
  }

  private static Step decide(
      InFlight flying, CommandEvent event, Instant now, RetryPlan plan, Duration answerWait) {
    return switch (event) {
      case NotDelivered _ ->
          flying.sends() < plan.sendsMax()
              ? new Step(new InFlight(flying.sends(), now.plus(plan.redeliveryWait())), false)
              : new Step(new Failed(CommandFailure.NOT_DELIVERED), false);
      case DeadlinePassed(CommandEvent.Progress progress) ->
          switch (progress) {
            case IN_THE_WAN -> new Step(new InFlight(flying.sends(), now.plus(answerWait)), false);
            case NOT_SENT -> sendAgain(flying, now, plan, answerWait, CommandFailure.NOT_DELIVERED);
            case DELIVERED -> sendAgain(flying, now, plan, answerWait, CommandFailure.NO_RESPONSE);
          };
    };
  }

  private static Step sendAgain(
      InFlight flying, Instant now, RetryPlan plan, Duration answerWait, CommandFailure otherwise) {
    return flying.sends() < plan.sendsMax()
        ? new Step(new InFlight(flying.sends() + 1, now.plus(answerWait)), true)
        : new Step(new Failed(otherwise), false);
  }
}
