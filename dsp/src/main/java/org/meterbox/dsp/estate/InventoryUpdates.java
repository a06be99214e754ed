// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.InventoryEntry;
import org.meterbox.dsp.inventory.MeterPoints;
import org.meterbox.dsp.inventory.SmiLifecycle;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.inventory.SmiTrigger;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * 8.4 Update Inventory: corrections of status, details and meter points, and the deletion of what
 * was never installed. Who has announced a device may correct it while it belongs to no premises;
 * then the registered supplier or its agent may.
 */
final class InventoryUpdates {
  private static final String TWIN_ELEMENT = "B";

  private InventoryUpdates() {}

  static EstateDecision decide(EstateFacts facts, XmlElement body, Instant now)
      throws ElementException {
    if (facts.device().isEmpty()) {
      return EstateDecision.refused(ResponseCode.E19, "the inventory does not know the device");
    }
    InventoryEntry entry = facts.device().get();
    boolean deletes = body.has("DeleteDevice");
    if (!isTheirs(facts, entry, now)) {
      return deletes && entry.notifiedBy().isPresent() && isPending(entry.device())
          ? EstateDecision.refused(
              EstateCode.DELETE_OF_ANOTHER, "another user has announced the device")
          : EstateDecision.refused(ResponseCode.E4, "not entitled to correct the device");
    }
    Device device = entry.device();
    if (deletes) {
      return delete(device);
    }
    if (body.has("UpdateDeviceStatusExceptCH")) {
      return statusOfOthers(device, body.child("UpdateDeviceStatusExceptCH").token());
    }
    if (body.has("UpdateDeviceStatusCH")) {
      return statusOfHub(device, body.child("UpdateDeviceStatusCH").token());
    }
    return body.has("UpdateDeviceDetails")
        ? details(device, body.child("UpdateDeviceDetails"))
        : meterPoint(facts, device, body.child("UpdateMPxN").onlyChild(), now);
  }

  private static boolean isTheirs(EstateFacts facts, InventoryEntry entry, Instant now) {
    Device device = entry.device();
    if (facts.registrations().isEmpty()) {
      return entry
          .notifiedBy()
          .map(facts.asker()::equals)
          .orElseGet(() -> isSupplier(facts.roles()));
    }
    Set<UserRole> entitled =
        switch (device.type()) {
          case ESME, HCALCS -> Set.of(UserRole.IS, UserRole.ES, UserRole.RSA);
          case GSME, GPF -> Set.of(UserRole.GS, UserRole.RSA);
          case CHF, PPMID, IHD, CAD -> Set.of(UserRole.IS, UserRole.GS, UserRole.RSA);
        };
    return Responsibility.holds(facts, device, entitled, now);
  }

  private static boolean isSupplier(Set<UserRole> roles) {
    return roles.contains(UserRole.IS) || roles.contains(UserRole.GS);
  }

  private static boolean isPending(Device device) {
    return device.status().filter(SmiStatus.PENDING::equals).isPresent();
  }

  /** A Type 2 device without a status is deleted as long as no hub holds it. */
  private static EstateDecision delete(Device device) {
    boolean never = device.status().isPresent() ? isPending(device) : device.hub().isEmpty();
    return never
        ? EstateDecision.done(List.of(new Consequence.DeleteDevice(device, SmiTrigger.DELETED)))
        : EstateDecision.refused(
            EstateCode.DELETE_INSTALLED, "only a device that was never installed is deleted");
  }

  private static EstateDecision statusOfOthers(Device device, String word) {
    if (device.type() == DeviceType.CHF || device.type() == DeviceType.GPF) {
      return EstateDecision.refused(
          EstateCode.STATUS_FOR_OTHERS, "this status is not for parts of a hub");
    }
    boolean pending = word.equals(SmiStatus.PENDING.word());
    SmiTrigger trigger =
        pending ? SmiTrigger.CORRECTED_TO_PENDING : SmiTrigger.CORRECTED_TO_INSTALLED;
    return corrected(device, trigger, pending ? Optional.empty() : device.hub());
  }

  private static EstateDecision statusOfHub(Device device, String word) {
    if (device.type() != DeviceType.CHF) {
      return EstateDecision.refused(EstateCode.STATUS_FOR_HUBS, "this status is for hubs");
    }
    SmiTrigger trigger = SmiTrigger.CORRECTED_TO_INSTALLED;
    if (word.equals(SmiStatus.COMMISSIONED.word())) {
      trigger = SmiTrigger.CORRECTED_TO_COMMISSIONED;
    } else if (word.equals(SmiStatus.WITHDRAWN.word())) {
      trigger = SmiTrigger.CORRECTED_TO_WITHDRAWN;
    }
    return corrected(device, trigger, device.hub());
  }

  private static EstateDecision corrected(Device device, SmiTrigger trigger, Optional<Eui64> hub) {
    Optional<SmiStatus> next =
        device.status().flatMap(status -> SmiLifecycle.next(device.type(), status, trigger));
    return next.isEmpty()
        ? EstateDecision.refused(
            EstateCode.STATUS_UNREACHABLE, "the device cannot come to this status from its own")
        : EstateDecision.done(
            List.of(new Consequence.ChangeDevice(device, device.in(next).at(hub), trigger)));
  }

  private static EstateDecision details(Device device, XmlElement details) throws ElementException {
    if (details.children().isEmpty()) {
      return EstateDecision.refused(EstateCode.NO_DETAIL, "no detail is given");
    }
    if (details.has("ESMEVariant") && device.type() != DeviceType.ESME) {
      return EstateDecision.refused(
          EstateCode.VARIANT_OF_ANOTHER_TYPE, "only an electricity meter has an ESME variant");
    }
    if (device.status().filter(InventoryUpdates::isInService).isPresent()) {
      return EstateDecision.refused(
          EstateCode.DETAILS_FIXED, "the details of a device in service are not corrected");
    }
    DeviceModel model = device.model();
    DeviceModel corrected =
        new DeviceModel(
            text(details, "DeviceManufacturer").orElse(model.manufacturer()),
            text(details, "DeviceModel").orElse(model.model()),
            text(details, "SMETSCHTSVersion").or(model::technicalSpecification),
            text(details, "FirmwareVersion").or(model::firmwareVersion),
            model.gbcsVersion(),
            text(details, "ESMEVariant").or(model::esmeVariant));
    return EstateDecision.done(
        List.of(
            new Consequence.ChangeDevice(
                device, device.as(corrected), SmiTrigger.DETAILS_CHANGED)));
  }

  private static boolean isInService(SmiStatus status) {
    return switch (status) {
      case PENDING, WHITELISTED, INSTALLED_NOT_COMMISSIONED -> false;
      case COMMISSIONED, DECOMMISSIONED, WITHDRAWN, SUSPENDED, RECOVERY, RECOVERED -> true;
    };
  }

  private static Optional<String> text(XmlElement details, String name) {
    return details.find(name).map(XmlElement::text);
  }

  private static EstateDecision meterPoint(
      EstateFacts facts, Device device, XmlElement named, Instant now) {
    Optional<MeterPoints> points =
        EstateServices.meterPoint(named.token())
            .flatMap(mpxn -> with(device, named.localName(), mpxn));
    if (points.isEmpty()) {
      return EstateDecision.refused(
          EstateCode.METER_POINT_OF_ANOTHER_KIND,
          "a device of this type does not serve a meter point of this kind");
    }
    Mpxn mpxn = EstateServices.meterPoint(named.token()).orElseThrow();
    if (!Responsibility.suppliesNamed(facts, mpxn, now)) {
      return EstateDecision.refused(
          EstateCode.METER_POINT_NOT_REGISTERED,
          "the sender is not the registered supplier of the meter point");
    }
    if (isTaken(facts, device)) {
      return EstateDecision.refused(
          EstateCode.METER_POINT_TAKEN, "another device serves the meter point");
    }
    Device after = device.serving(points.get());
    List<Consequence> consequences = new ArrayList<>();
    consequences.add(new Consequence.ChangeDevice(device, after, SmiTrigger.DETAILS_CHANGED));
    if (device.status().filter(SmiStatus.COMMISSIONED::equals).isPresent()) {
      Set<Eui64> told =
          Responsibility.parties(facts.named(), Responsibility.RESPONSIBLE_PARTIES, now);
      told.remove(facts.asker());
      StatusAlerts.identity(after, told).ifPresent(consequences::add);
    }
    return EstateDecision.done(consequences);
  }

  /** The device's meter points with this one among them; empty where it does not fit. */
  private static Optional<MeterPoints> with(Device device, String kind, Mpxn mpxn) {
    MeterPoints points = device.meterPoints();
    boolean electricity = device.type() == DeviceType.ESME && mpxn.isMpan();
    boolean twin = device.model().esmeVariant().orElse("").contains(TWIN_ELEMENT);
    return switch (kind) {
      case "ImportMPxN" ->
          electricity || (device.type() == DeviceType.GSME && !mpxn.isMpan())
              ? Optional.of(
                  new MeterPoints(Optional.of(mpxn), points.secondaryImported(), points.exported()))
              : Optional.empty();
      case "SecondaryImportMPAN" ->
          electricity && twin
              ? Optional.of(
                  new MeterPoints(points.imported(), Optional.of(mpxn), points.exported()))
              : Optional.empty();
      default ->
          electricity
              ? Optional.of(
                  new MeterPoints(points.imported(), points.secondaryImported(), Optional.of(mpxn)))
              : Optional.empty();
    };
  }

  static boolean isTaken(EstateFacts facts, Device but) {
    return facts.serving().stream()
        .map(InventoryEntry::device)
        .anyMatch(device ->
            !device.id().equals(but.id())
                && device.status().filter(SmiLifecycle::isLive).isPresent());
  }
}
