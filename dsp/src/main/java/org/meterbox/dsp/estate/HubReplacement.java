// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.DccAlertCode;

/**
 * 8.12.1 and 8.12.2: a hub has taken over the log of the one that it replaces. With the hub's own
 * log the devices of the home go over to the new hub; N30 and N31 tell the suppliers.
 */
final class HubReplacement {
  private HubReplacement() {}

  static List<Consequence> restored(DeviceAnswer answer, XmlElement body, Set<UserRole> suppliers) {
    boolean ofHub = body.has("OldCHFID");
    Optional<Eui64> old = oldPart(body, ofHub ? "OldCHFID" : "OldGPFID");
    if (old.isEmpty()) {
      return List.of();
    }
    List<Consequence> consequences = new ArrayList<>();
    Device part = answer.device();
    if (ofHub) {
      answer.premises().stream()
          .filter(device -> goesOver(device, old.get()))
          .forEach(device ->
              consequences.add(
                  new Consequence.ChangeDevice(
                      device, device.at(Optional.of(part.id())), SmiTrigger.DETAILS_CHANGED)));
    }
    Set<Eui64> told = answer.others(part, suppliers);
    told.add(answer.requester());
    names(answer, ofHub, old.get())
        .ifPresent(names ->
            consequences.add(
                new Consequence.Tell(
                    DccAlertCode.find(ofHub ? "N30" : "N31").orElseThrow(),
                    XmlElement.of(
                        "DeviceLogRestored",
                        XmlElement.leaf(
                            "RestoredDate",
                            LocalDate.ofInstant(answer.now(), ZoneOffset.UTC).toString()),
                        XmlElement.of(ofHub ? "CHFDeviceLog" : "GPFDeviceLog", names)),
                    told)));
    return consequences;
  }

  private static Optional<Eui64> oldPart(XmlElement body, String name) {
    try {
      return Optional.of(body.eui64(name));
    } catch (ElementException notAsTheSchemaSays) {
      return Optional.empty();
    }
  }

  private static boolean goesOver(Device device, Eui64 oldHub) {
    return device.hub().filter(oldHub::equals).isPresent()
        && device.type() != DeviceType.CHF
        && device.type() != DeviceType.GPF;
  }

  /** Old and new hub and gas proxy, all four of which the alert names. */
  private static Optional<List<XmlElement>> names(DeviceAnswer answer, boolean ofHub, Eui64 old) {
    Eui64 fresh = answer.device().id();
    Optional<Eui64> oldHub = ofHub ? Optional.of(old) : hubOf(answer, old);
    Optional<Eui64> newHub = ofHub ? Optional.of(fresh) : answer.device().hub();
    Optional<Eui64> oldProxy = ofHub ? proxyOf(answer, old) : Optional.of(old);
    Optional<Eui64> newProxy = ofHub ? proxyOf(answer, fresh) : Optional.of(fresh);
    return oldHub.isPresent() && newHub.isPresent() && oldProxy.isPresent() && newProxy.isPresent()
        ? Optional.of(
            List.of(
                XmlElement.leaf("OldCHFDeviceID", oldHub.get().dashed()),
                XmlElement.leaf("NewCHFDeviceID", newHub.get().dashed()),
                XmlElement.leaf("OldGPFDeviceID", oldProxy.get().dashed()),
                XmlElement.leaf("NewGPFDeviceID", newProxy.get().dashed())))
        : Optional.empty();
  }

  private static Optional<Eui64> hubOf(DeviceAnswer answer, Eui64 proxy) {
    return answer.premises().stream()
        .filter(device -> device.id().equals(proxy))
        .findFirst()
        .flatMap(Device::hub);
  }

  private static Optional<Eui64> proxyOf(DeviceAnswer answer, Eui64 hub) {
    return answer.premises().stream()
        .filter(device -> device.type() == DeviceType.GPF)
        .filter(device -> device.hub().filter(hub::equals).isPresent())
        .map(Device::id)
        .findFirst();
  }
}
