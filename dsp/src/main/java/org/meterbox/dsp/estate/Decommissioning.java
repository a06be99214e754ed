// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.InventoryEntry;
import org.meterbox.dsp.inventory.SmiLifecycle;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.catalogue.ResponseCode;

/** 8.3 Decommission Device. */
final class Decommissioning {
  private Decommissioning() {}

  static EstateDecision decide(EstateFacts facts, Instant now) {
    if (facts.device().isEmpty()) {
      return EstateDecision.refused(ResponseCode.E19, "the inventory does not know the device");
    }
    Device device = facts.device().get().device();
    if (device.type() == DeviceType.CHF || device.type() == DeviceType.GPF) {
      return EstateDecision.refused(
          EstateCode.DECOMMISSION_HUB, "a hub is taken out of service by 8.14.3 or 8.14.4");
    }
    if (device.status().isEmpty()) {
      return EstateDecision.refused(ResponseCode.E11, "a Type 2 device has no status to end");
    }
    if (!Responsibility.holds(facts, device, Responsibility.suppliers(device.type()), now)) {
      return EstateDecision.refused(ResponseCode.E4, "not the registered supplier of the device");
    }
    Optional<SmiStatus> next =
        SmiLifecycle.next(device.type(), device.status().get(), SmiTrigger.DECOMMISSIONED);
    return next.isEmpty()
        ? EstateDecision.refused(
            EstateCode.DECOMMISSION_ENDED, "the device is out of service already")
        : EstateDecision.done(consequences(facts, device, next, now));
  }

  private static List<Consequence> consequences(
      EstateFacts facts, Device device, Optional<SmiStatus> next, Instant now) {
    List<Consequence> consequences = new ArrayList<>();
    consequences.add(
        new Consequence.ChangeDevice(device, device.in(next), SmiTrigger.DECOMMISSIONED));
    consequences.addAll(Endings.decommissioning(facts.schedules(), facts.held()));
    if (device.type() == DeviceType.ESME || device.type() == DeviceType.GSME) {
      StatusAlerts.decommissioned(
              device,
              facts.premises().entries().stream().map(InventoryEntry::device).toList(),
              Responsibility.others(facts, device, Responsibility.RESPONSIBLE_PARTIES, now))
          .ifPresent(consequences::add);
    }
    return consequences;
  }
}
