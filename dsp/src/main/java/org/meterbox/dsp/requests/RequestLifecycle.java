// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.requests.RequestEvent.CarryingOutRefused;
import org.meterbox.dsp.requests.RequestEvent.CommandGivenBack;
import org.meterbox.dsp.requests.RequestEvent.CommandGivenUp;
import org.meterbox.dsp.requests.RequestEvent.CommandMade;
import org.meterbox.dsp.requests.RequestEvent.CommandUnsupported;
import org.meterbox.dsp.requests.RequestEvent.OutcomeArrived;
import org.meterbox.dsp.requests.RequestEvent.Postponed;
import org.meterbox.dsp.requests.RequestEvent.PredecessorFailed;
import org.meterbox.dsp.requests.RequestEvent.PredecessorOpen;
import org.meterbox.dsp.requests.RequestEvent.PredecessorSucceeded;
import org.meterbox.dsp.requests.RequestEvent.Released;
import org.meterbox.dsp.requests.RequestEvent.ResponseArrived;
import org.meterbox.dsp.requests.RequestEvent.TimeCame;
import org.meterbox.dsp.requests.RequestEvent.Withdrawn;
import org.meterbox.dsp.requests.RequestState.Answered;
import org.meterbox.dsp.requests.RequestState.AwaitingCosParty;
import org.meterbox.dsp.requests.RequestState.AwaitingOutcomes;
import org.meterbox.dsp.requests.RequestState.Cancelled;
import org.meterbox.dsp.requests.RequestState.Ended;
import org.meterbox.dsp.requests.RequestState.Expired;
import org.meterbox.dsp.requests.RequestState.Failed;
import org.meterbox.dsp.requests.RequestState.Held;
import org.meterbox.dsp.requests.RequestState.InFlight;
import org.meterbox.dsp.requests.RequestState.Quarantined;
import org.meterbox.dsp.requests.RequestState.WaitingForPredecessor;

/** The decisions about an accepted request: from state, event and time to the next step. */
public final class RequestLifecycle {
  private RequestLifecycle() {}

  /** What follows when the new state is stored. */
  public enum Effect {
    /** Access is checked again and the command is made. The state moves when that is stored. */
    CARRY_OUT,
    /** The sender is told by a DCC Alert, if the reason has one. */
    TELL_SENDER,
    /** Requests that wait for this one in a sequence are looked at. */
    RELEASE_FOLLOWERS
  }

  /** The new state and what follows from it. */
  public record Step(RequestState state, Set<Effect> effects) {
    /** Keeps an unchangeable copy. */
    public Step {
      effects = Set.copyOf(effects);
    }
  }

  /**
   * Decides.
   *
   * @return empty where the event says nothing to a request in this state
   */
  public static Optional<Step> decide(
      RequestState state, RequestEvent event, Instant now, RequestTimes times) {
    return switch (state) {
      case Held held -> held(held, event);
      case WaitingForPredecessor waiting -> waiting(waiting, event, now, times);
      case AwaitingCosParty _ -> awaitingCosParty(event);
      case Quarantined quarantined -> quarantined(quarantined, event);
      case InFlight flying -> inFlight(flying, event);
      case AwaitingOutcomes awaiting -> awaitingOutcomes(awaiting, event);
      case Ended _ -> Optional.empty();
    };
  }

  private static Optional<Step> held(Held held, RequestEvent event) {
    return event instanceof TimeCame ? carryOut(held) : beforeTheCommand(event);
  }

  private static Optional<Step> waiting(
      WaitingForPredecessor waiting, RequestEvent event, Instant now, RequestTimes times) {
    return switch (event) {
      case PredecessorSucceeded(Optional<Instant> execution) ->
          FutureDate.of(execution, now) == FutureDate.LATER
              ? step(new Held(execution.orElseThrow()))
              : carryOut(waiting);
      case PredecessorFailed _ -> ended(new Failed(FailureReason.PREDECESSOR_FAILED));
      case PredecessorOpen _ ->
          step(new WaitingForPredecessor(waiting.predecessor(), now.plus(times.predecessorWait())));
      case TimeCame _ -> ended(new Expired(FailureReason.PREDECESSOR_MISSING));
      case RequestEvent other -> beforeTheCommand(other);
    };
  }

  private static Optional<Step> awaitingCosParty(RequestEvent event) {
    return event instanceof TimeCame
        ? ended(new Expired(FailureReason.HELD_REQUEST_FAILED))
        : beforeTheCommand(event);
  }

  private static Optional<Step> quarantined(Quarantined quarantined, RequestEvent event) {
    return switch (event) {
      case Released _ -> carryOut(quarantined);
      case Postponed(RequestState.Open next) -> step(next);
      case RequestEvent other -> beforeTheCommand(other);
    };
  }

  /** What can happen to every request whose command has not been made. */
  private static Optional<Step> beforeTheCommand(RequestEvent event) {
    return switch (event) {
      case CommandMade _ -> step(new InFlight());
      case CommandGivenBack _ -> step(new Answered());
      case CarryingOutRefused(FailureReason reason) -> ended(new Failed(reason));
      case Withdrawn(CancellationReason reason) -> ended(new Cancelled(reason));
      case TimeCame _,
          PredecessorSucceeded _,
          PredecessorFailed _,
          PredecessorOpen _,
          CommandGivenUp _,
          CommandUnsupported _,
          ResponseArrived _,
          OutcomeArrived _,
          Postponed _,
          Released _ ->
          Optional.empty();
    };
  }

  private static Optional<Step> inFlight(InFlight flying, RequestEvent event) {
    return switch (event) {
      case ResponseArrived(int outcomes, int arrived, Instant until) ->
          Optional.of(
              new Step(
                  arrived < outcomes
                      ? new AwaitingOutcomes(outcomes, arrived, until)
                      : new Answered(),
                  Set.of(Effect.RELEASE_FOLLOWERS)));
      case OutcomeArrived _ -> step(flying);
      case CommandGivenUp(FailureReason reason) -> ended(new Failed(reason));
      case CommandUnsupported _ -> ended(new Failed(FailureReason.UNSUPPORTED_BY_DEVICE));
      case TimeCame _,
          PredecessorSucceeded _,
          PredecessorFailed _,
          PredecessorOpen _,
          CommandMade _,
          CommandGivenBack _,
          Postponed _,
          CarryingOutRefused _,
          Withdrawn _,
          Released _ ->
          Optional.empty();
    };
  }

  private static Optional<Step> awaitingOutcomes(AwaitingOutcomes awaiting, RequestEvent event) {
    return switch (event) {
      case OutcomeArrived _ -> {
        int arrived = awaiting.arrived() + 1;
        yield step(
            arrived < awaiting.total()
                ? new AwaitingOutcomes(awaiting.total(), arrived, awaiting.until())
                : new Answered());
      }
      case TimeCame _ -> told(new Expired(FailureReason.OUTCOME_MISSING));
      case Withdrawn(CancellationReason reason) -> told(new Cancelled(reason));
      case PredecessorSucceeded _,
          PredecessorFailed _,
          PredecessorOpen _,
          CommandMade _,
          CommandGivenBack _,
          Postponed _,
          CarryingOutRefused _,
          CommandGivenUp _,
          CommandUnsupported _,
          ResponseArrived _,
          Released _ ->
          Optional.empty();
    };
  }

  private static Optional<Step> carryOut(RequestState same) {
    return Optional.of(new Step(same, Set.of(Effect.CARRY_OUT)));
  }

  private static Optional<Step> ended(Ended end) {
    return Optional.of(new Step(end, Set.of(Effect.TELL_SENDER, Effect.RELEASE_FOLLOWERS)));
  }

  /** An end that followers do not wait for: they were released by the device's response. */
  private static Optional<Step> told(Ended end) {
    return Optional.of(new Step(end, Set.of(Effect.TELL_SENDER)));
  }

  private static Optional<Step> step(RequestState state) {
    return Optional.of(new Step(state, Set.of()));
  }
}
