// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import org.meterbox.kernel.catalogue.ResponseCode;

/** Where a request stands. All states but {@link InFlight} are ends. */
public sealed interface RequestState {
  /**
   * Its command is on the way, or the device's response is.
   *
   * @param sends how often the command was handed to the SM WAN, at least once; sending again after
   *     a restart does not count
   * @param due when somebody looks after it if nothing has happened by then
   */
  record InFlight(int sends, Instant due) implements RequestState {}

  /** The answer is stored for the user: a Pre-Command, a local command or the device's response. */
  record Answered() implements RequestState {}

  /** Turned down by a rule. */
  record Refused(ResponseCode code) implements RequestState {}

  /** Accepted, but it came to nothing. */
  record Failed(FailureReason reason) implements RequestState {}
}
