// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.meterbox.dsp.requests.RequestEvent.NotDelivered;
import org.meterbox.dsp.requests.RequestEvent.ResponseArrived;
import org.meterbox.dsp.requests.RequestEvent.TimePassed;
import org.meterbox.dsp.requests.RequestState.Answered;
import org.meterbox.dsp.requests.RequestState.Failed;
import org.meterbox.dsp.requests.RequestState.InFlight;

/** The decisions about a request in flight: from state, event and time to the next step. */
public final class RequestLifecycle {
  private RequestLifecycle() {}

  /** What is to be done when the new state is stored. */
  public enum Effect {
    /** The command goes to the SM WAN, the same octets as before. */
    SEND_COMMAND,
    /** The device's response goes to the user. */
    DELIVER_RESPONSE,
    /** The user is told of the failure. */
    REPORT_FAILURE
  }

  /** The new state and what follows from it. */
  public record Step(RequestState state, Optional<Effect> effect) {}

  /**
   * Decides.
   *
   * @param answerWait how long this device may take to answer
   * @return empty where the event changes nothing, since the request has ended already
   */
  public static Optional<Step> decide(
      RequestState state, RequestEvent event, Instant now, RetryPlan plan, Duration answerWait) {
    return switch (state) {
      case InFlight flying -> Optional.of(decide(flying, event, now, plan, answerWait));
      case Answered _ -> Optional.empty();
      case RequestState.Refused _ -> Optional.empty();
      case Failed _ -> Optional.empty();
    };
  }

  private static Step decide(
      InFlight flying, RequestEvent event, Instant now, RetryPlan plan, Duration answerWait) {
    return switch (event) {
      case ResponseArrived _ -> step(new Answered(), Effect.DELIVER_RESPONSE);
      case NotDelivered _ ->
          flying.sends() < plan.sendsMax()
              ? new Step(
                  new InFlight(flying.sends(), now.plus(plan.redeliveryWait())), Optional.empty())
              : step(new Failed(FailureReason.NOT_DELIVERED), Effect.REPORT_FAILURE);
      case TimePassed(RequestEvent.Progress progress) ->
          switch (progress) {
            case IN_THE_WAN ->
                new Step(new InFlight(flying.sends(), now.plus(answerWait)), Optional.empty());
            case NOT_SENT -> sendAgain(flying, now, plan, answerWait, FailureReason.NOT_DELIVERED);
            case DELIVERED -> sendAgain(flying, now, plan, answerWait, FailureReason.NO_RESPONSE);
          };
    };
  }

  private static Step sendAgain(
      InFlight flying, Instant now, RetryPlan plan, Duration answerWait, FailureReason otherwise) {
    return flying.sends() < plan.sendsMax()
        ? step(new InFlight(flying.sends() + 1, now.plus(answerWait)), Effect.SEND_COMMAND)
        : step(new Failed(otherwise), Effect.REPORT_FAILURE);
  }

  private static Step step(RequestState state, Effect effect) {
    return new Step(state, Optional.of(effect));
  }
}
