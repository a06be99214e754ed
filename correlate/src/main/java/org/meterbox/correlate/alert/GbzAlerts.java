// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.alert;

import java.util.Optional;
import org.meterbox.correlate.content.Timestamps;
import org.meterbox.correlate.content.UnexpectedContentException;
import org.meterbox.correlate.gas.Logs;
import org.meterbox.correlate.mmc.MmcWriter;
import org.meterbox.gbcs.gbz.GbzAlert;
import org.meterbox.gbcs.gbz.ZclFrame;
import org.meterbox.gbcs.gbz.ZclPayload;
import org.meterbox.kernel.Octets;

/** Alerts in GBZ (GBCS section 12.3). */
public final class GbzAlerts {
  private GbzAlerts() {}

  /** Code and time. */
  public static AlertFacts facts(GbzAlert alert) {
    return new AlertFacts(alert.alertCode(), Timestamps.ofSeconds(alert.utcSeconds()));
  }

  /** Whether MMC has words for this content. */
  public static boolean hasPayload(GbzAlert.Content content) {
    return switch (content) {
      case GbzAlert.FutureDated ignored -> true;
      case GbzAlert.FirmwareReceipt ignored -> true;
      case GbzAlert.IntegrityIssue ignored -> true;
      case GbzAlert.BillingData ignored -> true;
      case GbzAlert.None ignored -> false;
      case GbzAlert.UserInterfaceCommand ignored -> false;
      case GbzAlert.Unrecognised ignored -> false;
    };
  }

  /**
   * Writes the content of an alert.
   *
   * @param opened its component in the clear, where it has one
   */
  public static void payload(GbzAlert.Content content, Optional<ZclFrame> opened, MmcWriter out)
      throws UnexpectedContentException {
    switch (content) {
      case GbzAlert.FutureDated command -> futureDated(command, out);
      case GbzAlert.FirmwareReceipt(Octets hash) ->
          out.open("FirmwareVerificationDeviceAlert")
              .hexLeaf("ManufacturerImageHash", hash)
              .close();
      case GbzAlert.IntegrityIssue(int issue) -> IntegrityWarnings.write(issue, out);
      case GbzAlert.BillingData ignored -> billing(opened, out);
      case GbzAlert.None ignored -> {}
      case GbzAlert.UserInterfaceCommand ignored -> {}
      case GbzAlert.Unrecognised ignored -> {}
    }
  }

  private static void futureDated(GbzAlert.FutureDated command, MmcWriter out) {
    out.open("FutureDatedCommandOutcomeDeviceAlert").open("GBZFutureDatedAlert");
    out.hexLeaf("FutureDatedCommandMessageCode", command.commandCode().value());
    out.leaf("FutureDatedCommandOriginatorCounter", command.commandCounter().toString());
    out.open("GBZFDInstructionIdentification");
    out.hexLeaf("ExtendedHeaderClusterID", command.cluster().id());
    out.hexLeaf("FrameControl", Octets.of((byte) command.frameControl()));
    out.hexLeaf("CommandIdentifier", Octets.of((byte) command.commandId()));
    out.close().close().close();
  }

  private static void billing(Optional<ZclFrame> opened, MmcWriter out)
      throws UnexpectedContentException {
    if (opened.isPresent() && opened.get().payload() instanceof ZclPayload.ClusterCommand command) {
      out.open("BillingDataLogDeviceAlert").open("GSMEBillingDataLogEntry");
      Logs.billingEntry(command.fields(), out);
      out.close().close();
      return;
    }
    throw new UnexpectedContentException("a published snapshot is due");
  }
}
