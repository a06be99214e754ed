// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.commands;

import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.catalogue.ResponseCode;

/** What the command policy makes of a request. */
public sealed interface CommandResult {
  /**
   * A critical request: the user is to check and sign this Pre-Command.
   *
   * @param id the identity in the grouping header
   * @param octets the Pre-Command
   */
  record PreCommand(MessageId id, Octets octets) implements CommandResult {}

  /**
   * A command that the device will take: signed where its use case demands it, with the broker's
   * MAC.
   *
   * @param id the identity in the grouping header, by which the device's response is matched
   * @param octets the command
   */
  record Command(MessageId id, Octets octets) implements CommandResult {}

  /**
   * There is no command for the request.
   *
   * @param code what the user is told
   * @param rule which rule refused, for the audit and the operator; holds no personal data
   */
  record Refused(ResponseCode code, String rule) implements CommandResult {}

  /**
   * The code for refusals for which no public document names one: the schema has it without a
   * public meaning.
   */
  ResponseCode NO_PUBLIC_CODE = ResponseCode.find("E100").orElseThrow();

  /** A refusal for which no public document names a code. */
  static Refused refusedWithoutCode(String rule) {
    return new Refused(NO_PUBLIC_CODE, rule);
  }
}
