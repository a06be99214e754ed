// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.alert;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.correlate.content.GbzAnswers;
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
  /** The UTCTime that is no time: all bits set (ZCL table 2.6.2). */
  private static final long NO_TIME = 0xFFFF_FFFFL;

  private GbzAlerts() {}

  /** Code and time. */
  public static AlertFacts facts(GbzAlert alert) throws UnexpectedContentException {
    if (alert.utcSeconds() == NO_TIME) {
      throw new UnexpectedContentException(
          String.format(Locale.ROOT, "expected the time of the alert %04X", alert.alertCode()));
    }
    return new AlertFacts(alert.alertCode(), Timestamps.ofSeconds(alert.utcSeconds()));
  }

  /** What there is to read of an alert's component, in the clear. */
  public static GbzAnswers readings(Optional<ZclFrame> opened) {
    return new GbzAnswers(opened.map(List::of).orElseGet(List::of));
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
   * @param readings what there is to read of its component
   */
  public static void payload(GbzAlert.Content content, GbzAnswers readings, MmcWriter out)
      throws UnexpectedContentException {
    switch (content) {
      case GbzAlert.FutureDated command -> futureDated(command, out);
      case GbzAlert.FirmwareReceipt(Octets hash) ->
          out.open("FirmwareVerificationDeviceAlert")
              .hexLeaf("ManufacturerImageHash", hash)
              .close();
      case GbzAlert.IntegrityIssue(int issue) -> IntegrityWarnings.write(issue, out);
      case GbzAlert.BillingData ignored -> billing(readings, out);
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

  private static void billing(GbzAnswers readings, MmcWriter out)
      throws UnexpectedContentException {
    if (readings.frames().size() == 1
        && readings.frames().getFirst().payload() instanceof ZclPayload.ClusterCommand command) {
      out.open("BillingDataLogDeviceAlert").open("GSMEBillingDataLogEntry");
      Logs.billingEntry(readings, command.fields(), out);
      out.close().close();
      return;
    }
    throw new UnexpectedContentException("expected a published snapshot");
  }
}
