// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.uplink;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.duis.xml.XmlValues;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.DccAlertCode;

/**
 * Alerts that devices send to the DCC itself, and whom the DCC tells of them by a DCC Alert: the
 * parties that registration data name for the premises, not only whoever sent a command.
 */
final class AlertRules {
  private static final int SUB_GHZ_FIRST = 0x8F20;
  private static final int SUB_GHZ_LAST = 0x8F2D;
  private static final int FIRMWARE_TRANSFER_FAILED = 0x8F89;
  private static final int FIRMWARE_TRANSFER_SUCCEEDED = 0x8F8A;

  private static final Set<UserRole> SUPPLIERS = EnumSet.of(UserRole.IS, UserRole.GS);

  private AlertRules() {}

  /**
   * An alert to the DCC.
   *
   * @param device who sent it
   * @param type what that is
   * @param code the GBCS alert code
   * @param time when it happened, where the device says so
   */
  record DeviceReport(Eui64 device, DeviceType type, int code, Optional<Instant> time) {}

  /**
   * A DCC Alert and who gets it.
   *
   * @param alert the element within DCCAlert
   */
  record Told(DccAlertCode code, XmlElement alert, Set<Eui64> recipients) {
    /** Keeps an unchangeable copy. */
    Told {
      recipients = Set.copyOf(recipients);
    }
  }

  /**
   * Whom to tell what.
   *
   * @param premises every registration of the meter points at the premises
   * @return empty where nobody is told: the alert is the DCC's own business
   */
  static Optional<Told> tell(DeviceReport report, List<Registration> premises, Instant now) {
    return switch (report.type()) {
      case PPMID ->
          Optional.of(
              new Told(DccAlertCode.N39, ppmidAlert(report), registered(SUPPLIERS, premises, now)));
      case CHF -> ofHub(report, registered(SUPPLIERS, premises, now));
      case ESME, GSME, GPF, HCALCS, IHD, CAD -> Optional.empty();
    };
  }

  private static Optional<Told> ofHub(DeviceReport report, Set<Eui64> recipients) {
    int code = report.code();
    if (code >= SUB_GHZ_FIRST && code <= SUB_GHZ_LAST) {
      return Optional.of(new Told(code("N54"), dualBandAlert(report), recipients));
    }
    return code == FIRMWARE_TRANSFER_FAILED || code == FIRMWARE_TRANSFER_SUCCEEDED
        ? Optional.of(new Told(code("N61"), commsHubAlert(report), recipients))
        : Optional.empty();
  }

  private static XmlElement ppmidAlert(DeviceReport report) {
    return XmlElement.builder(DuisNames.DUIS, "PPMIDAlert")
        .leaf("DeviceID", report.device().dashed())
        .leaf("DeviceAlertCode", hex(report.code()))
        .child(report.time().map(time -> XmlElement.leaf("Timestamp", XmlValues.dateTime(time))))
        .build();
  }

  private static XmlElement dualBandAlert(DeviceReport report) {
    return XmlElement.of(
        "DualBandCHAlert",
        XmlElement.leaf("CHFDeviceID", report.device().dashed()),
        XmlElement.leaf("DeviceAlertCode", hex(report.code())));
  }

  private static XmlElement commsHubAlert(DeviceReport report) {
    return XmlElement.builder(DuisNames.DUIS, "CommsHubAlert")
        .leaf("CommsHubDeviceID", report.device().dashed())
        .leaf("AlertCode", hex(report.code()))
        .child(report.time().map(time -> XmlElement.leaf("TimeStamp", XmlValues.dateTime(time))))
        .build();
  }

  private static Set<Eui64> registered(
      Set<UserRole> roles, List<Registration> premises, Instant now) {
    Set<Eui64> parties = new LinkedHashSet<>();
    for (Registration registration : premises) {
      if (roles.contains(registration.role()) && registration.covers(now)) {
        parties.add(registration.party());
      }
    }
    return parties;
  }

  private static DccAlertCode code(String code) {
    return DccAlertCode.find(code).orElseThrow();
  }

  private static String hex(int code) {
    return String.format(Locale.ROOT, "%04X", code);
  }
}
