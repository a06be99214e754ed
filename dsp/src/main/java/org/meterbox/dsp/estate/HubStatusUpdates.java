// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.InventoryEntry;
import org.meterbox.dsp.inventory.SmiLifecycle;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.catalogue.ResponseCode;

/** 8.14.1 to 8.14.4 Communications Hub Status Update. */
final class HubStatusUpdates {
  /** How far an installer's clock may be ahead of the DSP's. */
  static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofHours(1);

  private static final String WITHOUT_WAN = "CHF Install - no SM WAN";

  private HubStatusUpdates() {}

  /** 8.14.1 and 8.14.2. */
  static EstateDecision installed(
      EstateFacts facts, XmlElement body, SmiTrigger trigger, Instant now) throws ElementException {
    Optional<EstateDecision> wrong = notAHub(facts);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    boolean saysWithoutWan = body.child("CHFInstallType").token().equals(WITHOUT_WAN);
    if (saysWithoutWan != (trigger == SmiTrigger.HUB_INSTALLED_WITHOUT_WAN)) {
      return EstateDecision.refused(
          EstateCode.HUB_CONTRADICTION, "the install type belongs to the other of 8.14.1, 8.14.2");
    }
    if (body.has("InstallDateTime")
        && body.dateTime("InstallDateTime").isAfter(now.plus(CLOCK_DIFFERENCE_MAX))) {
      return EstateDecision.refused(
          EstateCode.HUB_CONTRADICTION, "the date of the installation is in the future");
    }
    Optional<Mpxn> mpxn = EstateServices.meterPoint(body.child("MPxN").token());
    if (mpxn.filter(point -> Responsibility.suppliesNamed(facts, point, now)).isEmpty()) {
      return EstateDecision.refused(
          EstateCode.HUB_METER_POINT_NOT_REGISTERED,
          "the sender is not the registered supplier of the meter point");
    }
    return installed(facts, mpxn.get(), trigger);
  }

  private static EstateDecision installed(EstateFacts facts, Mpxn mpxn, SmiTrigger trigger) {
    Device hub = facts.device().orElseThrow().device();
    List<Consequence> consequences = new ArrayList<>();
    consequences.add(new Consequence.InstallHub(hub.id(), mpxn));
    if (hub.status().filter(SmiStatus.COMMISSIONED::equals).isPresent()) {
      return new EstateDecision.Done(
          EstateCode.HUB_INSTALLED_ALREADY.code(), new ResponseData.Nothing(), consequences);
    }
    List<Consequence> moved = parts(facts, trigger);
    if (moved.isEmpty()) {
      return EstateDecision.refused(
          EstateCode.HUB_STATUS, "the hub's status does not allow an installation");
    }
    consequences.addAll(moved);
    return EstateDecision.done(consequences);
  }

  /** 8.14.3 and 8.14.4. */
  static EstateDecision returned(EstateFacts facts, boolean otherDeviceKnown, Instant now) {
    Optional<EstateDecision> wrong = notAHub(facts);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Device hub = facts.device().orElseThrow().device();
    if (!mayReturn(facts, hub, now)) {
      return EstateDecision.refused(
          ResponseCode.E4, "not a registered supplier of the hub's premises");
    }
    if (!otherDeviceKnown) {
      return EstateDecision.refused(
          EstateCode.HUB_CONTRADICTION, "the inventory does not know the other device");
    }
    List<Consequence> moved = parts(facts, SmiTrigger.HUB_RETURNED);
    if (moved.isEmpty()) {
      return EstateDecision.refused(EstateCode.HUB_STATUS, "the hub is out of service already");
    }
    List<Consequence> consequences = new ArrayList<>(moved);
    consequences.addAll(Endings.decommissioning(facts.schedules(), facts.held()));
    consequences.add(
        StatusAlerts.hubDecommissioned(
            hub, Responsibility.others(facts, hub, Responsibility.RESPONSIBLE_PARTIES, now)));
    return EstateDecision.done(consequences);
  }

  /** A hub that was never installed is nobody's by registration: any supplier may return it. */
  private static boolean mayReturn(EstateFacts facts, Device hub, Instant now) {
    boolean installed = !facts.registrations().isEmpty();
    return !installed
        || Responsibility.holds(facts, hub, Responsibility.suppliers(DeviceType.CHF), now);
  }

  private static Optional<EstateDecision> notAHub(EstateFacts facts) {
    if (facts.device().isEmpty()) {
      return Optional.of(
          EstateDecision.refused(ResponseCode.E19, "the inventory does not know the hub"));
    }
    return facts.device().get().device().type() == DeviceType.CHF
        ? Optional.empty()
        : Optional.of(
            EstateDecision.refused(EstateCode.NOT_A_HUB, "the device is no communications hub"));
  }

  /** Hub and gas proxy as far as the trigger moves them; none where it does not move the hub. */
  private static List<Consequence> parts(EstateFacts facts, SmiTrigger trigger) {
    Device hub = facts.device().orElseThrow().device();
    List<Consequence> moved = new ArrayList<>();
    move(hub, trigger).ifPresent(moved::add);
    if (moved.isEmpty()) {
      return List.of();
    }
    facts.premises().entries().stream()
        .map(InventoryEntry::device)
        .filter(device -> device.type() == DeviceType.GPF)
        .forEach(proxy -> move(proxy, trigger).ifPresent(moved::add));
    return moved;
  }

  private static Optional<Consequence> move(Device device, SmiTrigger trigger) {
    return device
        .status()
        .flatMap(status -> SmiLifecycle.next(device.type(), status, trigger))
        .map(next -> new Consequence.ChangeDevice(device, device.in(Optional.of(next)), trigger));
  }
}
