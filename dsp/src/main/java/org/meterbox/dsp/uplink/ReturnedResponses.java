// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.crypto.Sha256;
import org.meterbox.dsp.requests.CommandLedger;
import org.meterbox.dsp.requests.CommandOfRequest;
import org.meterbox.dsp.requests.CommandState;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Response;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * Looks at device responses that users bring (8.13 Return Local Command Response): a hand-held
 * terminal had delivered the command. Safe for use by many threads.
 */
public final class ReturnedResponses {
  private final CommandLedger commands;
  private final Authenticity authenticity;
  private final ResponseConsequences consequences;

  /** Compares with these commands. */
  public ReturnedResponses(
      CommandLedger commands, Authenticity authenticity, ResponseConsequences consequences) {
    this.commands = commands;
    this.authenticity = authenticity;
    this.consequences = consequences;
  }

  /**
   * What a response means. Nothing is stored.
   *
   * @param user who brings it
   * @param octets the response
   * @param original the request that the user says it answers
   */
  public ReturnedResponse read(
      Eui64 user, Octets octets, Optional<MessageId> original, Instant now) {
    try {
      if (!(GbcsMessage.decode(octets) instanceof Response response)) {
        return new ReturnedResponse.NotAResponse("it is another kind of message");
      }
      Optional<CommandOfRequest> found =
          commands
              .find(response.header().messageId().answered())
              .filter(known -> isOf(known, user, original))
              .filter(ReturnedResponses::awaitsAnswer);
      if (found.isEmpty() || !DeviceMessages.sameUseCase(found.get().command(), response)) {
        return new ReturnedResponse.NoCommand();
      }
      return authenticity.holds(response.content(), response.mac())
          ? new ReturnedResponse.Accepted(
              found.get(), octets, Sha256.of(octets), consequences.of(response, found.get(), now))
          : new ReturnedResponse.NotAuthentic();
    } catch (DecodeException malformed) {
      return new ReturnedResponse.NotAResponse(String.valueOf(malformed.getMessage()));
    }
  }

  private static boolean isOf(CommandOfRequest known, Eui64 user, Optional<MessageId> original) {
    MessageId request = known.request().key().id();
    return request.originator().equals(user) && original.map(request::equals).orElse(true);
  }

  /** What the SM WAN still carries is answered there. */
  private static boolean awaitsAnswer(CommandOfRequest known) {
    return switch (known.command().state()) {
      case CommandState.GivenBack _, CommandState.Failed _ -> true;
      case CommandState.InFlight _, CommandState.Answered _, CommandState.Unsupported _ -> false;
    };
  }
}
