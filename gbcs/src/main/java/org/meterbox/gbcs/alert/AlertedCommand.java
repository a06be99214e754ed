// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import java.util.Optional;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.gbcs.envelope.OtherInformation;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.OriginatorCounter;

/** Finds the command that an alert is about. */
public final class AlertedCommand {
  private AlertedCommand() {}

  /**
   * The identity under which the party that the alert is for sent the command: its own identifier,
   * the device, and the counter that it gave. Alerts about commands are that a command is not
   * supported (8F85, ECS100) and what became of a command that waited for its time (8F66, 8F67). To
   * the Access Control Broker they name the party for which it sent the command, with that party's
   * counter (GBCS, other information of 18 octets).
   *
   * @return empty for all other alerts: what the device refuses for security's sake (8F1E, 8F30,
   *     8F3D, 8F53) it tells without saying what it was
   * @throws DecodeException where the payload is not as its message code prescribes
   */
  public static Optional<MessageId> of(Alert alert) throws DecodeException {
    MessageId id = alert.header().messageId();
    Optional<OriginatorCounter> counter =
        counter(AlertPayload.decode(alert.content().payload(), alert.header().messageCode()));
    if (counter.isEmpty()) {
      return Optional.empty();
    }
    // The alert goes back the way that the command came: its parties stand the other way round.
    return Optional.of(
        alert.header().otherInformation()
                instanceof OtherInformation.OnBehalfOf(var _, var party, var partyCounter)
            ? new MessageId(party, id.originator(), partyCounter)
            : new MessageId(
                /* originator= */ id.target(), /* target= */ id.originator(), counter.get()));
  }

  private static Optional<OriginatorCounter> counter(AlertPayload payload) {
    return payload instanceof AlertPayload.Dlms dlms
            && dlms.detail() instanceof DlmsDetail.UnsupportedCommand(var _, var counter)
        ? Optional.of(counter)
        : payload.futureDatedOutcome().map(FutureDatedOutcome::commandCounter);
  }
}
