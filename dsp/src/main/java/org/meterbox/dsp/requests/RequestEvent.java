// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.Optional;

/** What can happen to a request after it was accepted. */
public sealed interface RequestEvent {
  /** The time has come at which it is looked at again. */
  record TimeCame() implements RequestEvent {}

  /**
   * The request before it in its sequence has succeeded.
   *
   * @param execution the ExecutionDateTime of the request that waits, if the DSP holds it until
   *     then
   */
  record PredecessorSucceeded(Optional<Instant> execution) implements RequestEvent {}

  /** The request before it in its sequence has come to nothing. */
  record PredecessorFailed() implements RequestEvent {}

  /** The request before it in its sequence is there and still open. */
  record PredecessorOpen() implements RequestEvent {}

  /** Its command was made, and is stored together with the new state. */
  record CommandMade() implements RequestEvent {}

  /** Its command was made and goes to its sender for local delivery, and nowhere else. */
  record CommandGivenBack() implements RequestEvent {}

  /**
   * Released from quarantine, it waits for its time or its predecessor.
   *
   * @param next how it waits
   */
  record Postponed(RequestState.Open next) implements RequestEvent {}

  /** When it was to be carried out, a rule forbade it. */
  record CarryingOutRefused(FailureReason reason) implements RequestEvent {}

  /** A command of it was given up. */
  record CommandGivenUp(FailureReason reason) implements RequestEvent {}

  /** The device does not know its command, and has said so by an alert (8F85). */
  record CommandUnsupported() implements RequestEvent {}

  /**
   * The device's response has arrived.
   *
   * @param outcomes how many alerts with outcomes of the command's instructions are expected
   * @param arrived how many of them came before the response
   * @param until when the last of them must be there
   */
  record ResponseArrived(int outcomes, int arrived, Instant until) implements RequestEvent {
    /** Nothing comes after the response. */
    public static ResponseArrived only(Instant now) {
      return new ResponseArrived(0, 0, now);
    }
  }

  /** An alert with the outcome of one more instruction arrived. */
  record OutcomeArrived() implements RequestEvent {}

  /** It is withdrawn: by its sender, or because the right to it has ended. */
  record Withdrawn(CancellationReason reason) implements RequestEvent {}

  /** People have released it from quarantine. */
  record Released() implements RequestEvent {}
}
