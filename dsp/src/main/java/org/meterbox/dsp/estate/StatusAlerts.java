// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.catalogue.DccAlertCode;

/** The DCC Alerts of the category Device Status Change Event (DUIS, DeviceStatusChangeEvent). */
final class StatusAlerts {
  /** Associated Type 1 devices that N1 and N2 list at most (DUIS, AssociatedType1Device). */
  static final int ASSOCIATED_MAX = 7;

  private StatusAlerts() {}

  /** N1: a meter was decommissioned. Empty for one without an import meter point. */
  static Optional<Consequence> decommissioned(
      Device meter, List<Device> premises, Set<Eui64> recipients) {
    return meterGone("N1", meter, premises, recipients);
  }

  /** N2: a meter was withdrawn. Empty for one without an import meter point. */
  static Optional<Consequence> withdrawn(
      Device meter, List<Device> premises, Set<Eui64> recipients) {
    return meterGone("N2", meter, premises, recipients);
  }

  private static Optional<Consequence> meterGone(
      String code, Device meter, List<Device> premises, Set<Eui64> recipients) {
    return meterPoints("MeterDecommissionOrWithdrawal", meter.meterPoints())
        .map(points ->
            tell(
                code,
                meter,
                XmlElement.builder(DuisNames.DUIS, "MeterDecommissioningOrWithdrawal")
                    .child(points)
                    .children(
                        premises.stream()
                            .filter(device -> isAssociated(meter, device))
                            .limit(ASSOCIATED_MAX)
                            .map(StatusAlerts::associated)
                            .toList())
                    .build(),
                recipients));
  }

  /** Type 1 devices beside the meter that work with it: neither meters nor parts of the hub. */
  private static boolean isAssociated(Device meter, Device device) {
    return switch (device.type()) {
      case PPMID -> true;
      case HCALCS -> meter.type() == DeviceType.ESME;
      case ESME, GSME, CHF, GPF, IHD, CAD -> false;
    };
  }

  private static XmlElement associated(Device device) {
    return XmlElement.of(
        "AssociatedType1Device",
        XmlElement.leaf("DeviceID", device.id().dashed()),
        XmlElement.leaf("DeviceType", device.type().name()));
  }

  /** N8: a device that was never installed was removed. */
  static Consequence removed(Device device, Set<Eui64> recipients) {
    return tell("N8", device, XmlElement.of("DeviceRemovedFromInventory"), recipients);
  }

  /** N9: a hub was taken down. */
  static Consequence hubDecommissioned(Device hub, Set<Eui64> recipients) {
    return tell("N9", hub, XmlElement.of("CHFDecommissioning"), recipients);
  }

  /** N16: a meter has entered service, or serves other meter points. */
  static Optional<Consequence> identity(Device meter, Set<Eui64> recipients) {
    return meterPoints("MeterMPxNs", meter.meterPoints())
        .map(points ->
            tell(
                "N16",
                meter,
                XmlElement.builder(DuisNames.DUIS, "MeterIdentity")
                    .child(points)
                    .child(
                        meter
                            .model()
                            .esmeVariant()
                            .map(variant -> XmlElement.leaf("ESMEVariant", variant)))
                    .build(),
                recipients));
  }

  /** N45: after a recovery the users' certificates are on the device again. */
  static Consequence recovered(Device device, Set<Eui64> recipients) {
    return tell("N45", device, XmlElement.of("RecoveryComplete"), recipients);
  }

  /** N27: another supplier's certificates are on the device. Empty without a meter point. */
  static Optional<Consequence> supplierChanged(Device device, Eui64 losing) {
    return meterPoints("MPxNs", device.meterPoints())
        .map(points ->
            new Consequence.Tell(
                DccAlertCode.find("N27").orElseThrow(),
                XmlElement.of(
                    "ChangeOfSupplier",
                    XmlElement.of(
                        "DeviceChangeOfSupplier",
                        XmlElement.leaf("DeviceID", device.id().dashed()),
                        XmlElement.leaf("DeviceType", device.type().name()),
                        points)),
                Set.of(losing)));
  }

  private static Optional<XmlElement> meterPoints(String name, MeterPoints points) {
    return points
        .imported()
        .map(imported ->
            XmlElement.builder(DuisNames.DUIS, name)
                .leaf("ImportMPxN", imported.value())
                .child(leaf("SecondaryImportMPAN", points.secondaryImported()))
                .child(leaf("ExportMPAN", points.exported()))
                .build());
  }

  private static Optional<XmlElement> leaf(String name, Optional<Mpxn> mpxn) {
    return mpxn.map(value -> XmlElement.leaf(name, value.value()));
  }

  private static Consequence tell(
      String code, Device device, XmlElement change, Set<Eui64> recipients) {
    return new Consequence.Tell(
        DccAlertCode.find(code).orElseThrow(),
        XmlElement.of(
            "DeviceStatusChangeEvent",
            XmlElement.leaf("DeviceID", device.id().dashed()),
            XmlElement.of("DeviceStatusChange", change)),
        recipients);
  }
}
