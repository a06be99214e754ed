// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.receiving;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.meterbox.duis.response.Response;
import org.meterbox.duis.response.ResponseBody.DeviceAlert;
import org.meterbox.gbcs.alert.AlertedCommand;
import org.meterbox.gbcs.envelope.GbcsMessage;
import org.meterbox.gbcs.envelope.GbcsMessage.Alert;
import org.meterbox.kernel.DecodeException;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * A device's alert as the DSP pushed it.
 *
 * @param responseId the device, the user and the alert's counter
 * @param made when the DSP made the document, by its own clock
 * @param request the request that it is about, where the alert says so
 * @param refusal whether the device refused a command for security's sake, without saying which
 * @param document the signed octets
 */
record ReceivedAlert(
    MessageId responseId,
    Instant made,
    Optional<MessageId> request,
    boolean refusal,
    Octets document) {
  /**
   * The alerts with which a device refuses a command that it does not answer: integrity check
   * failed, no authority, authentication failed, not covered by other codes (GBCS section 16).
   */
  private static final Set<Integer> REFUSALS = Set.of(0x8F1E, 0x8F30, 0x8F3D, 0x8F53);

  /** The alert that a response carries, where it carries one. */
  static Optional<ReceivedAlert> of(Response response, Octets document) {
    return response.body() instanceof DeviceAlert alert && response.responseId().isPresent()
        ? Optional.of(
            new ReceivedAlert(
                response.responseId().get(),
                response.dateTime(),
                request(alert.gbcsPayload()),
                REFUSALS.contains(alert.alertCode()),
                document))
        : Optional.empty();
  }

  /** What cannot be read is kept all the same, as an alert about nothing. */
  private static Optional<MessageId> request(Octets gbcs) {
    try {
      return GbcsMessage.decode(gbcs) instanceof Alert alert
          ? AlertedCommand.of(alert)
          : Optional.empty();
    } catch (DecodeException malformed) {
      return Optional.empty();
    }
  }

  /** Whether the device refused some command of which the user asks since then. */
  boolean mayConcern(MessageId asked, Instant since) {
    return refusal && responseId.originator().equals(asked.target()) && !made.isBefore(since);
  }
}
