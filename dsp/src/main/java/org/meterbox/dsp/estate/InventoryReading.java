// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.coverage.RegionCoverage;
import org.meterbox.dsp.coverage.WanCoverage;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.inventory.DeviceModel;
import org.meterbox.dsp.inventory.InventoryEntry;
import org.meterbox.dsp.inventory.Property;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.duis.response.ResponseData;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;
import org.meterbox.kernel.catalogue.ResponseCode;

/**
 * 8.2 Read Inventory. Premises show to whoever is or will be registered there, and to Other Users
 * and agents, whose right is the consumer's consent or an appointment. What a stranger asks for is
 * answered like what does not exist. Of the meter points a party sees those of its own fuel. A
 * device that belongs to no premises yet shows to everybody: it tells of nobody.
 */
final class InventoryReading {
  private InventoryReading() {}

  static EstateDecision decide(EstateFacts facts, WanCoverage coverage, Instant now) {
    List<InventoryEntry> entries = facts.premises().entries();
    if (entries.isEmpty() || !mayBeSeen(facts, now)) {
      return EstateDecision.refused(
          EstateCode.NOTHING_FOUND, "the inventory holds nothing there that the user may see");
    }
    if (facts.premises().premises() > 1) {
      return EstateDecision.refused(
          EstateCode.SEVERAL_PREMISES, "more than one premises fit what was asked for");
    }
    List<XmlElement> devices =
        entries.stream().map(entry -> element(entry, facts, coverage)).toList();
    return new EstateDecision.Done(
        ResponseCode.I0,
        new ResponseData.DspResult(XmlElement.of("DSPInventory", devices)),
        List.of());
  }

  private static boolean mayBeSeen(EstateFacts facts, Instant now) {
    boolean atPremises =
        facts.premises().entries().stream().anyMatch(entry -> entry.device().hub().isPresent())
            || !facts.registrations().isEmpty();
    return !atPremises
        || facts.roles().contains(UserRole.OU)
        || facts.registrations().stream()
            .anyMatch(registration -> isOrWillBe(registration, facts, now));
  }

  private static boolean isOrWillBe(Registration registration, EstateFacts facts, Instant now) {
    return registration.party().equals(facts.asker())
        && facts.roles().contains(registration.role())
        && registration.until().map(now::isBefore).orElse(true);
  }

  /** In the order of the schema. S1SP is for SMETS1 devices, of which there are none here. */
  private static XmlElement element(InventoryEntry entry, EstateFacts facts, WanCoverage coverage) {
    Device device = entry.device();
    DeviceModel model = device.model();
    boolean hub = device.type() == DeviceType.CHF;
    Optional<Property> property = entry.property();
    return XmlElement.builder(DuisNames.DUIS, "Device")
        .leaf("DeviceID", device.id().dashed())
        .leaf("DeviceType", device.type().name())
        .child(leaf("DeviceStatus", device.status().map(SmiStatus::word)))
        .leaf("DeviceManufacturer", model.manufacturer())
        .leaf("DeviceModel", model.model())
        .child(leaf("SMETSCHTSVersion", model.technicalSpecification()))
        .child(leaf("DeviceFirmwareVersion", model.firmwareVersion()))
        .child(leaf("DateCommissioned", entry.commissioned().map(LocalDate::toString)))
        .child(leaf("ImportMPxN", seen(device.meterPoints().imported(), facts)))
        .child(leaf("SecondaryImportMPAN", seen(device.meterPoints().secondaryImported(), facts)))
        .child(leaf("ExportMPAN", seen(device.meterPoints().exported(), facts)))
        .child(leaf("ESMEVariant", model.esmeVariant()))
        .child(leaf("UPRN", property.flatMap(Property::uprn).map(String::valueOf)))
        .child(property.flatMap(InventoryReading::address))
        .child(leaf("CSPRegion", property.flatMap(place -> region(place, coverage))))
        .child(leaf("DeviceGBCSVersion", model.gbcsVersion()))
        .child(leaf("HANVariant", entry.hanVariant().filter(_ -> hub)))
        .child(leaf("Connectivity", hub ? Optional.of("Virtual") : Optional.empty()))
        .build();
  }

  private static Optional<String> seen(Optional<Mpxn> mpxn, EstateFacts facts) {
    return mpxn.filter(
            known -> facts.roles().stream().anyMatch(role -> Responsibility.concerns(role, known)))
        .map(Mpxn::value);
  }

  private static Optional<XmlElement> address(Property place) {
    return place
        .postCode()
        .map(postCode ->
            XmlElement.of(
                "PropertyFilter",
                XmlElement.leaf("PostCode", postCode),
                XmlElement.leaf("AddressIdentifier", place.addressIdentifier().orElse(""))));
  }

  private static Optional<String> region(Property place, WanCoverage coverage) {
    return place
        .postCode()
        .flatMap(
            postCode -> coverage.at(postCode).stream().findFirst().map(RegionCoverage::region));
  }

  private static Optional<XmlElement> leaf(String name, Optional<String> text) {
    return text.map(value -> XmlElement.leaf(name, value));
  }
}
