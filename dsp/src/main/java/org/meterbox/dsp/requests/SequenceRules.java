// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.dsp.requests.RequestState.Answered;
import org.meterbox.dsp.requests.RequestState.AwaitingCosParty;
import org.meterbox.dsp.requests.RequestState.AwaitingOutcomes;
import org.meterbox.dsp.requests.RequestState.Cancelled;
import org.meterbox.dsp.requests.RequestState.Expired;
import org.meterbox.dsp.requests.RequestState.Failed;
import org.meterbox.dsp.requests.RequestState.Held;
import org.meterbox.dsp.requests.RequestState.InFlight;
import org.meterbox.dsp.requests.RequestState.Quarantined;
import org.meterbox.dsp.requests.RequestState.Refused;
import org.meterbox.dsp.requests.RequestState.WaitingForPredecessor;

/**
 * The order of requests in a sequence: a member is carried out when the device has answered the one
 * before it (DUIS, sequencing).
 */
public final class SequenceRules {
  /** Members of a sequence at most. */
  public static final int MEMBERS_MAX = 99;

  private SequenceRules() {}

  /**
   * What a request that waits learns about its predecessor.
   *
   * @param predecessor empty where it has not come
   * @param execution the time until which the DSP is to hold the request that waits
   */
  public static RequestEvent event(Optional<Predecessor> predecessor, Optional<Instant> execution) {
    if (predecessor.isEmpty() || outOfOrder(predecessor.get())) {
      return new RequestEvent.TimeCame();
    }
    return switch (predecessor.get().state()) {
      case Answered _, AwaitingOutcomes _ -> new RequestEvent.PredecessorSucceeded(execution);
      case Refused _, Failed _, Cancelled _, Expired _ -> new RequestEvent.PredecessorFailed();
      case Held _, WaitingForPredecessor _, AwaitingCosParty _, InFlight _, Quarantined _ ->
          new RequestEvent.PredecessorOpen();
    };
  }

  /** Whether no request may follow this one: it is the last, or in no sequence. */
  public static boolean outOfOrder(Predecessor predecessor) {
    return !predecessor.inSequence() || predecessor.position() >= MEMBERS_MAX;
  }

  /** The place after this predecessor; 0 where that is not known yet. */
  public static int positionAfter(Optional<Predecessor> predecessor) {
    int before = predecessor.map(Predecessor::position).orElse(0);
    return before == 0 ? 0 : before + 1;
  }
}
