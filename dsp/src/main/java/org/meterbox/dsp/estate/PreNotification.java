// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiLifecycle;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;

/**
 * 12.2 Device Pre-notification. A hub is announced together with its gas proxy function, whose
 * identifier must be another one.
 */
final class PreNotification {
  private PreNotification() {}

  static EstateDecision decide(EstateFacts facts, XmlElement body) throws ElementException {
    Eui64 id = body.eui64("DeviceID");
    DeviceType type = DeviceType.valueOf(body.child("DeviceType").token());
    if (type == DeviceType.GPF) {
      return EstateDecision.refused(
          EstateCode.PROXY_WITHOUT_HUB, "a gas proxy function is announced with its hub");
    }
    if (body.has("AssociatedGPFDeviceID") != (type == DeviceType.CHF)
        || body.has("ESMEVariant") != (type == DeviceType.ESME)) {
      return EstateDecision.refused(
          EstateCode.DETAILS_OF_ANOTHER_TYPE,
          "an ESME, and only it, has a variant; a hub, and only it, a gas proxy");
    }
    boolean sameTwice = type == DeviceType.CHF && body.eui64("AssociatedGPFDeviceID").equals(id);
    if (!facts.inUse().isEmpty() || sameTwice) {
      return EstateDecision.refused(EstateCode.DEVICE_KNOWN, "the identifier is in use");
    }
    List<Consequence> consequences = new ArrayList<>();
    consequences.add(
        new Consequence.AddDevice(device(id, type, hubOf(id, type), body), facts.asker()));
    if (type == DeviceType.CHF) {
      Eui64 proxy = body.eui64("AssociatedGPFDeviceID");
      consequences.add(
          new Consequence.AddDevice(
              device(proxy, DeviceType.GPF, Optional.of(id), body), facts.asker()));
    }
    return EstateDecision.done(consequences);
  }

  private static Optional<Eui64> hubOf(Eui64 id, DeviceType type) {
    return type == DeviceType.CHF ? Optional.of(id) : Optional.empty();
  }

  private static Device device(Eui64 id, DeviceType type, Optional<Eui64> hub, XmlElement body)
      throws ElementException {
    DeviceModel model =
        new DeviceModel(
            body.text("DeviceManufacturer"),
            body.text("DeviceModel"),
            body.find("SMETSCHTSVersion").map(XmlElement::text),
            body.find("FirmwareVersion").map(XmlElement::text),
            Optional.empty(),
            body.find("ESMEVariant").map(XmlElement::token));
    return new Device(
        id, type, hub, SmiLifecycle.announced(type), model, MeterPoints.NONE, Map.of());
  }
}
