// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.transform;

import java.util.Set;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.kernel.DeviceType;
import org.meterbox.transform.TranslationRequest;

/** What a request says to the DSP only, or says again, so that the device is told nothing of it. */
final class Unsent {
  /** The variants whose device waits for the time of execution; the DSP waits with the others. */
  private static final Set<String> DATED_ON_DEVICE =
      Set.of(
          "1.1.1", "1.1.2", "1.2.1", "1.2.2", "1.6", "2.1", "6.4.1", "6.14.2", "6.14.3", "6.15.1",
          "6.23", "11.3");

  private Unsent() {}

  /** Whether a value of this kind need not change the message. */
  static boolean is(TranslationRequest subject, String kind) {
    ServiceRequest request = subject.request();
    String variant = request.serviceReferenceVariant().toString();
    boolean gas = subject.device().type() == DeviceType.GSME;
    String name = kind.substring(kind.lastIndexOf('/') + 1);
    return switch (name) {
      case "ExecutionDateTime" -> !DATED_ON_DEVICE.contains(variant);
      // It goes into the header, where the origin says so.
      case "KAPublicSecurityCredentials" -> true;
      // Supply numbers by which the DSP checks the request, and devices whose log it looks up.
      case "ImportMPxN" -> variant.equals("6.23") || variant.equals("8.11");
      case "OldGPFID", "OldCHFID" -> true;
      // Another event log than the one that the meter has is nothing to a gas meter.
      case "ESMEEventLogType" -> subject.device().type() != DeviceType.ESME;
      // The network data log of a gas meter is read as a whole.
      case "StartDateTime", "EndDateTime" -> variant.equals("4.10") && gas;
      // A device is removed without what was said of its joining.
      case "JoinTimePeriod", "InstallCode" -> variant.equals("8.11");
      // Days named twice are the same days.
      case "DayOfWeekID", "SpecialDayID" -> true;
      // Switches that keep their association.
      case "AddToBoostButton", "RemoveFromBoostButton" -> true;
      case "@index" ->
          kind.contains("BoostButton/")
              || kind.contains("SpecialDaysApplicability/")
              || (gas && kind.contains("BlockThreshold/"));
      case "@identifier" -> kind.contains("SpecialDaysApplicability/");
      // Thresholds belong to block tariffs only.
      case "BlockThreshold" -> gas;
      // A change that is cancelled leaves the counters alone.
      case "SupplierFloorSeqNumber", "SupplierPrepaymentTopUpFloorSeqNumber" -> true;
      default -> false;
    };
  }
}
