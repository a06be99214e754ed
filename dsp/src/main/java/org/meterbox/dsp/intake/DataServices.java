// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.intake;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.dsp.intake.Outcome.Accepted;
import org.meterbox.dsp.intake.Outcome.Refused;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.requests.RequestState;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.response.ResponseData.DspResult;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.catalogue.ResponseCode;

/** The requests that the DSP answers by itself (command variant 8). */
public final class DataServices {
  private static final String READ_INVENTORY = "ReadInventory";

  private final Inventory inventory;
  private final Eui64 dsp;

  /**
   * Answers from this inventory.
   *
   * @param dsp the identifier to which such requests are addressed
   */
  public DataServices(Inventory inventory, Eui64 dsp) {
    this.inventory = inventory;
    this.dsp = dsp;
  }

  Outcome answer(ServiceRequest request) throws ElementException {
    if (!request.requestId().target().equals(dsp)) {
      return new Refused(ResponseCode.E19, "a non-device request is addressed to the DSP");
    }
    return request.body().localName().equals(READ_INVENTORY)
        ? readInventory(request.body())
        : Outcome.unnamed(
            String.format(Locale.ROOT, "%s is not offered yet", request.serviceReferenceVariant()));
  }

  /** 8.2 Read Inventory: the whole premises of a device or meter point. */
  private Outcome readInventory(XmlElement asked) throws ElementException {
    Optional<Eui64> device;
    if (asked.has("DeviceID")) {
      device = Optional.of(asked.eui64("DeviceID"));
    } else if (asked.has("MPxN")) {
      device = meterPoint(asked.child("MPxN").token()).flatMap(inventory::findByMeterPoint);
    } else {
      return Outcome.unnamed("the inventory is not searched by property yet");
    }
    List<Device> premises = device.map(inventory::premisesOf).orElse(List.of());
    if (premises.isEmpty()) {
      return new Refused(ResponseCode.E19, "the inventory holds no such device");
    }
    XmlElement found =
        XmlElement.of("DSPInventory", premises.stream().map(DataServices::element).toList());
    return done(new DspResult(found));
  }

  private static Optional<Mpxn> meterPoint(String digits) {
    try {
      return Optional.of(new Mpxn(digits));
    } catch (IllegalArgumentException notDigits) {
      return Optional.empty();
    }
  }

  private static Accepted done(ResponseData data) {
    return new Accepted(
        ResponseCode.I0,
        data,
        new RequestState.Answered(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
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
