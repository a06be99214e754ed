// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.util.Optional;
import org.meterbox.gbcs.alert.AlertPayload;
import org.meterbox.gbcs.alert.DlmsDetail;
import org.meterbox.gbcs.alert.FutureDatedOutcome;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;

/** The command that an alert is about, as far as the alert names one. */
sealed interface CommandInAlert {
  /**
   * The command's identity: an alert about a command goes to whoever the command named as its
   * originator.
   */
  MessageId command();

  /** The command's message code. */
  MessageCode useCase();

  /** The outcome of one instruction of a future dated command (8F66, 8F67). */
  record Outcome(MessageId command, FutureDatedOutcome outcome) implements CommandInAlert {
    @Override
    public MessageCode useCase() {
      return outcome.command();
    }
  }

  /** The device does not know the command (8F85, ECS100). */
  record Unsupported(MessageId command, MessageCode useCase) implements CommandInAlert {}

  /**
   * The command in an alert; none where it names none, or is not written as its code prescribes.
   */
  static Optional<CommandInAlert> of(Alert alert) {
    AlertPayload payload;
    try {
      payload = AlertPayload.decode(alert.content().payload(), alert.header().messageCode());
    } catch (DecodeException notAsPrescribed) {
      // Its recipient gets it all the same, and may know better.
      return Optional.empty();
    }
    Optional<FutureDatedOutcome> outcome = payload.futureDatedOutcome();
    if (outcome.isPresent()) {
      return Optional.of(
          new Outcome(command(alert, outcome.get().commandCounter()), outcome.get()));
    }
    return payload instanceof AlertPayload.Dlms dlms
            && dlms.detail()
                instanceof
                DlmsDetail.UnsupportedCommand(MessageCode code, OriginatorCounter counter)
        ? Optional.of(new Unsupported(command(alert, counter), code))
        : Optional.empty();
  }

  private static MessageId command(Alert alert, OriginatorCounter counter) {
    MessageId answered = alert.header().messageId().answered();
    return new MessageId(answered.originator(), answered.target(), counter);
  }
}
