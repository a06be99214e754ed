// SPDX-License-Identifier: Apache-2.0
package org.meterbox.gbcs.alert;

import java.util.Optional;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAlert;
import org.meterbox.gbcs.asn1.UpdateOutcome;
import org.meterbox.gbcs.dlms.DlmsAlert.FutureDatedExecution;
import org.meterbox.gbcs.envelope.MessageCode;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.kernel.OriginatorCounter;

/**
 * What became of one item of a command that waited for its time.
 *
 * @param command the use case of the command
 * @param commandCounter the command's Originator Counter
 * @param item which part of it
 * @param success alert 8F66; otherwise 8F67
 */
public record FutureDatedOutcome(
    MessageCode command, OriginatorCounter commandCounter, ActivationItem item, boolean success) {
  /** The alert code of success. */
  public static final int SUCCEEDED = 0x8F66;

  /** The alert code of failure. */
  public static final int FAILED = 0x8F67;

  private static final int CS06 = 0x0012;
  private static final int CS02B_FIRST = 0x0100;
  private static final int CS02G_FIRST = 0x0125;
  private static final int LOAD_CONTROLLER_MODES = 10;

  static Optional<FutureDatedOutcome> of(AlertPayload alert) {
    boolean success = alert.alertCode().orElse(FAILED) == SUCCEEDED;
    return switch (alert) {
      case AlertPayload.Dlms dlms ->
          dlms.detail() instanceof DlmsDetail.FutureDated(FutureDatedExecution execution)
              ? Optional.of(
                  new FutureDatedOutcome(
                      execution.command(),
                      execution.counter(),
                      new ActivationItem.Attribute(execution.activation()),
                      success))
              : Optional.empty();
      case AlertPayload.Gbz(GbzAlert gbz) ->
          gbz.content() instanceof GbzAlert.FutureDated future
              ? Optional.of(
                  new FutureDatedOutcome(
                      future.commandCode(),
                      future.commandCounter(),
                      new ActivationItem.ZclCommand(future.cluster(), future.commandId()),
                      success))
              : Optional.empty();
      case AlertPayload.Asn1 asn1 -> of(asn1.payload().content(), success);
      case AlertPayload.Undelivered ignored -> Optional.empty();
      case AlertPayload.OtherNotification ignored -> Optional.empty();
    };
  }

  private static Optional<FutureDatedOutcome> of(Asn1Content content, boolean success) {
    return switch (content) {
      case ActivationAlert alert ->
          Optional.of(
              new FutureDatedOutcome(
                  new MessageCode(CS06),
                  alert.commandCounter(),
                  ActivationItem.Whole.VALUE,
                  success));
      case UpdateCredentialsAlert alert ->
          Optional.of(
              new FutureDatedOutcome(
                  command(alert.outcome()),
                  alert.outcome().authorisingCounter(),
                  ActivationItem.Whole.VALUE,
                  success));
      case Asn1Content ignored -> Optional.empty();
    };
  }

  /** Each mode of replacement has a message code of its own. */
  private static MessageCode command(UpdateOutcome outcome) {
    int mode = outcome.mode();
    return new MessageCode(
        mode < LOAD_CONTROLLER_MODES
            ? CS02B_FIRST + mode
            : CS02G_FIRST + mode - LOAD_CONTROLLER_MODES);
  }
}
