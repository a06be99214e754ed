// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.alert;

import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.correlate.security.Asn1Answers;
import org.meterbox.correlate.security.Credentials;
import org.meterbox.gbcs.asn1.Asn1Content;
import org.meterbox.gbcs.asn1.CredentialContent.UpdateCredentialsAlert;
import org.meterbox.gbcs.asn1.DeviceLogContent.DeviceLogBackup;
import org.meterbox.gbcs.asn1.FirmwareContent.ActivationAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareTransferAlert;
import org.meterbox.gbcs.asn1.FirmwareContent.FirmwareVersionAlert;

/** Alerts in ASN.1 (GBCS section 11). */
public final class Asn1Alerts {
  private Asn1Alerts() {}

  /** Code and time. */
  public static AlertFacts facts(Asn1Content content) throws UnexpectedContentException {
    return switch (content) {
      case UpdateCredentialsAlert alert ->
          new AlertFacts(alert.alertCode(), Asn1Answers.time(alert.time()));
      case ActivationAlert alert ->
          new AlertFacts(alert.alertCode(), Asn1Answers.time(alert.time()));
      case DeviceLogBackup alert ->
          new AlertFacts(alert.alertCode(), Asn1Answers.time(alert.time()));
      case FirmwareVersionAlert alert ->
          new AlertFacts(alert.alertCode(), Asn1Answers.time(alert.time()));
      case FirmwareTransferAlert alert ->
          new AlertFacts(alert.alertCode(), Asn1Answers.time(alert.time()));
      default -> throw new UnexpectedContentException("expected an alert in ASN.1");
    };
  }

  /** Whether MMC has words for this content. */
  public static boolean hasPayload(Asn1Content content) {
    return content instanceof UpdateCredentialsAlert || content instanceof ActivationAlert;
  }

  /** Writes the content of an alert. */
  public static void payload(Asn1Content content, MmcWriter out) throws UnexpectedContentException {
    out.open("FutureDatedCommandOutcomeDeviceAlert");
    switch (content) {
      case UpdateCredentialsAlert alert -> {
        out.open("UpdateSecurityCredentialsDeviceAlert");
        Credentials.executionOutcome(
            alert.outcome(), "UpdateSecurityCredentialsExecutionOutcome", out);
        out.close();
      }
      case ActivationAlert alert -> {
        out.open("FirmwareActivationDeviceAlert");
        out.leaf("ExecutionDateTime", Asn1Answers.time(alert.time()));
        out.leaf("OriginatorCounterFromCommand", alert.commandCounter().toString());
        Asn1Answers.activation(alert.result(), out);
        out.close();
      }
      default -> throw new UnexpectedContentException("expected an alert with words in MMC");
    }
    out.close();
  }
}
