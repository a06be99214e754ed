// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Where a request stands. */
public sealed interface RequestState {
  /** States in which something is still to come. */
  sealed interface Open extends RequestState {}

  /** Ends; none is ever left again. */
  sealed interface Ended extends RequestState {}

  /**
   * Future Dated (DSP): it is carried out at its time.
   *
   * @param until that time
   */
  record Held(Instant until) implements Open {}

  /**
   * Another request of its sequence must succeed first.
   *
   * @param predecessor that request
   * @param until when it is looked whether that request has come at all
   */
  record WaitingForPredecessor(MessageId predecessor, Instant until) implements Open {}

  /**
   * The Change of Supplier party is to make its command.
   *
   * @param until how long it may take
   */
  record AwaitingCosParty(Instant until) implements Open {}

  /** Its commands are on the way, or the device's responses are. */
  record InFlight() implements Open {}

  /**
   * The device has accepted a future dated command; each of its instructions ends in an alert.
   *
   * @param total how many alerts there will be
   * @param arrived how many of them have come
   * @param until when the last of them must be there
   */
  record AwaitingOutcomes(int total, int arrived, Instant until) implements Open {}

  /**
   * Anomaly detection has stopped it; people decide.
   *
   * @param event the event of which the user was told (QuarantineEventRef)
   */
  record Quarantined(long event) implements Open {}

  /** The answer is stored for the user: a result, a Pre-Command, a local command or a response. */
  record Answered() implements Ended {}

  /** Turned down by a rule while its sender waited. */
  record Refused(ResponseCode code) implements Ended {}

  /** Accepted, but it came to nothing. */
  record Failed(FailureReason reason) implements Ended {}

  /** Withdrawn before it was carried out. */
  record Cancelled(CancellationReason reason) implements Ended {}

  /** What it waited for did not come in time. */
  record Expired(FailureReason reason) implements Ended {}

  /** When it is looked at again; none for ends and where commands have deadlines of their own. */
  default Optional<Instant> due() {
    return switch (this) {
      case Held held -> Optional.of(held.until());
      case WaitingForPredecessor waiting -> Optional.of(waiting.until());
      case AwaitingCosParty awaiting -> Optional.of(awaiting.until());
      case AwaitingOutcomes awaiting -> Optional.of(awaiting.until());
      case InFlight _, Quarantined _, Ended _ -> Optional.empty();
    };
  }
}
