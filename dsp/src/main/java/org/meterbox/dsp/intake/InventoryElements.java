// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Mpxn;

/** Devices as an answer to 8.2 shows them (DUIS, DSPInventory). */
final class InventoryElements {
  private InventoryElements() {}

  /** The whole result. */
  static XmlElement inventory(List<Device> devices) {
    return XmlElement.of("DSPInventory", devices.stream().map(InventoryElements::element).toList());
  }

  /** In the order of the schema. */
  private static XmlElement element(Device device) {
    DeviceModel model = device.model();
    MeterPoints points = device.meterPoints();
    return XmlElement.builder(DuisNames.DUIS, "Device")
        .leaf("DeviceID", device.id().dashed())
        .leaf("DeviceType", device.type().name())
        .child(leaf("DeviceStatus", device.status().map(SmiStatus::word)))
        .leaf("DeviceManufacturer", model.manufacturer())
        .leaf("DeviceModel", model.model())
        .child(leaf("SMETSCHTSVersion", model.technicalSpecification()))
        .child(leaf("DeviceFirmwareVersion", model.firmwareVersion()))
        .child(leaf("ImportMPxN", points.imported().map(Mpxn::value)))
        .child(leaf("SecondaryImportMPAN", points.secondaryImported().map(Mpxn::value)))
        .child(leaf("ExportMPAN", points.exported().map(Mpxn::value)))
        .child(leaf("ESMEVariant", model.esmeVariant()))
        .child(leaf("DeviceGBCSVersion", model.gbcsVersion()))
        .build();
  }

  private static Optional<XmlElement> leaf(String name, Optional<String> text) {
    return text.map(value -> XmlElement.leaf(name, value));
  }
}
