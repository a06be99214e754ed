// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;

/** Where one command for a device stands. All states but {@link InFlight} are ends. */
public sealed interface CommandState {
  /**
   * It is on the way, or the device's response is.
   *
   * @param sends how often it was handed to the SM WAN, at least once; sending again after a
   *     restart does not count
   * @param deadline when it is looked at again if nothing has happened by then
   */
  record InFlight(int sends, Instant deadline) implements CommandState {}

  /** It was given to the user for local delivery; the SM WAN never had it. */
  record GivenBack() implements CommandState {}

  /** The device has answered it. */
  record Answered() implements CommandState {}

  /** The device said by an alert that it does not know the command. */
  record Unsupported() implements CommandState {}

  /** It was not delivered or not answered, however often it was sent. */
  record Failed(CommandFailure failure) implements CommandState {}

  /** How a command fails. */
  enum CommandFailure {
    /** The SM WAN could not bring it to the device. */
    NOT_DELIVERED,
    /** The device had it and did not answer. */
    NO_RESPONSE
  }
}
