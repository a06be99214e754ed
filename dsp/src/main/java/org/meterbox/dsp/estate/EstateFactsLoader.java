// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.certificates.TrustedCertificates;
import org.meterbox.dsp.coverage.WanCoverage;
import org.meterbox.dsp.estate.EstateFacts.BrokerCertificates;
import org.meterbox.dsp.estate.EstateFacts.Coverage;
import org.meterbox.dsp.inventory.Inventory;
import org.meterbox.dsp.inventory.InventoryEntry;
import org.meterbox.dsp.inventory.InventorySearch;
import org.meterbox.dsp.inventory.InventorySearch.Criterion;
import org.meterbox.dsp.inventory.InventorySearch.Found;
import org.meterbox.dsp.inventory.MeterPointRegister;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.registration.RegistrationData;
import org.meterbox.dsp.requests.RequestLedger;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.dsp.schedules.ScheduleLedger;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;

/** Reads from the store what a decision of device estate management depends on, and no more. */
public final class EstateFactsLoader {
  /** Schedules and held requests of one device that one request can end. */
  public static final int ENDED_AT_ONCE_MAX = 10_000;

  private final Inventory inventory;
  private final InventorySearch search;
  private final MeterPointRegister meterPoints;
  private final RegistrationData registrations;
  private final ScheduleLedger schedules;
  private final RequestLedger requests;
  private final TrustedCertificates certificates;
  private final WanCoverage coverage;
  private final Eui64 broker;

  /**
   * A loader.
   *
   * @param broker the Access Control Broker
   */
  public EstateFactsLoader(
      Inventory inventory,
      InventorySearch search,
      MeterPointRegister meterPoints,
      RegistrationData registrations,
      ScheduleLedger schedules,
      RequestLedger requests,
      TrustedCertificates certificates,
      WanCoverage coverage,
      Eui64 broker) {
    this.inventory = inventory;
    this.search = search;
    this.meterPoints = meterPoints;
    this.registrations = registrations;
    this.schedules = schedules;
    this.requests = requests;
    this.certificates = certificates;
    this.coverage = coverage;
    this.broker = broker;
  }

  /** What is known of the coverage of the SM WAN. */
  public WanCoverage coverage() {
    return coverage;
  }

  /**
   * The facts about a request; empty where it is none of the services of device estate management.
   *
   * @param asker who sent it
   * @param roles the asker's roles
   * @param body the request element
   */
  public Optional<EstateFacts> load(Eui64 asker, Set<UserRole> roles, XmlElement body)
      throws ElementException {
    EstateFacts facts = EstateFacts.of(asker, roles);
    return switch (body.localName()) {
      case "ReadInventory" -> Optional.of(looking(facts, criterion(body)));
      case "DecommissionDevice" -> {
        Eui64 device = body.eui64("DeviceID");
        yield Optional.of(ending(about(facts, device), List.of(device)));
      }
      case "UpdateInventory" ->
          Optional.of(naming(about(facts, body.eui64("DeviceID")), named(body, "UpdateMPxN")));
      case "ServiceOptIn" ->
          Optional.of(
              naming(about(facts, body.eui64("DeviceID")), named(body, "MPxNs"))
                  .with(brokerCertificates()));
      case "CHFInstallSuccessSMWAN", "CHFInstallSuccessNoSMWAN" ->
          Optional.of(
              naming(
                  about(facts, body.eui64("DeviceID")),
                  EstateServices.meterPoint(body.child("MPxN").token()).stream().toList()));
      case "CHFFaultReturn", "CHFNoFaultReturn" -> Optional.of(returning(facts, body));
      case "RequestWANMatrix" -> Optional.of(facts.with(coverageAt(body)));
      case "DevicePrenotification" -> Optional.of(facts.announcing(inUse(body)));
      default -> Optional.empty();
    };
  }

  private static Optional<Criterion> criterion(XmlElement asked) throws ElementException {
    if (asked.has("DeviceID")) {
      return Optional.of(new Criterion.ByDevice(asked.eui64("DeviceID")));
    }
    if (asked.has("MPxN")) {
      return EstateServices.meterPoint(asked.child("MPxN").token())
          .map(Criterion.ByMeterPoint::new);
    }
    if (asked.has("UPRN")) {
      return Optional.of(new Criterion.ByUprn(asked.integer("UPRN")));
    }
    XmlElement filter = asked.child("PropertyFilter");
    return Optional.of(
        new Criterion.ByAddress(filter.text("PostCode"), filter.text("AddressIdentifier")));
  }

  private EstateFacts looking(EstateFacts facts, Optional<Criterion> criterion) {
    Found found = criterion.map(search::find).orElse(new Found(0, List.of()));
    return facts.about(Optional.empty(), found, registeredAt(found));
  }

  private EstateFacts about(EstateFacts facts, Eui64 device) {
    Found found = search.find(new Criterion.ByDevice(device));
    Optional<InventoryEntry> named =
        found.entries().stream().filter(e -> e.device().id().equals(device)).findFirst();
    return facts.about(named.or(() -> search.entry(device)), found, registeredAt(found));
  }

  private List<Registration> registeredAt(Found found) {
    return found.entries().isEmpty()
        ? List.of()
        : registrations.atPremisesOf(found.entries().getFirst().device().id());
  }

  private static List<Mpxn> named(XmlElement body, String element) {
    return body.find(element).stream()
        .flatMap(points -> points.children().stream())
        .flatMap(point -> EstateServices.meterPoint(point.token()).stream())
        .toList();
  }

  private EstateFacts naming(EstateFacts facts, List<Mpxn> mpxns) {
    List<Registration> registered = new ArrayList<>();
    List<InventoryEntry> serving = new ArrayList<>();
    for (Mpxn mpxn : mpxns) {
      registered.addAll(registrations.of(mpxn));
      search.find(new Criterion.ByMeterPoint(mpxn)).entries().stream()
          .filter(entry -> entry.device().meterPoints().all().contains(mpxn))
          .forEach(serving::add);
    }
    return facts.naming(registered, serving);
  }

  private EstateFacts ending(EstateFacts facts, List<Eui64> devices) {
    List<Schedule> running = new ArrayList<>();
    List<StoredRequest> held = new ArrayList<>();
    for (Eui64 device : devices) {
      running.addAll(schedules.at(device, ENDED_AT_ONCE_MAX));
      held.addAll(requests.waitingAt(device, ENDED_AT_ONCE_MAX));
    }
    return facts.ending(running, held);
  }

  /** The gas proxy ends with its hub. */
  private EstateFacts returning(EstateFacts facts, XmlElement body) throws ElementException {
    Eui64 hub = body.eui64("DeviceID");
    EstateFacts about = about(facts, hub);
    List<Eui64> parts = new ArrayList<>(List.of(hub));
    about.premises().entries().stream()
        .map(InventoryEntry::device)
        .filter(device -> device.type() == DeviceType.GPF)
        .forEach(proxy -> parts.add(proxy.id()));
    Set<Eui64> known =
        body.has("OtherDeviceID") ? inUse(List.of(body.eui64("OtherDeviceID"))) : Set.of();
    return ending(about, parts).announcing(known);
  }

  private Set<Eui64> inUse(XmlElement body) throws ElementException {
    List<Eui64> announced = new ArrayList<>(List.of(body.eui64("DeviceID")));
    if (body.has("AssociatedGPFDeviceID")) {
      announced.add(body.eui64("AssociatedGPFDeviceID"));
    }
    return inUse(announced);
  }

  private Set<Eui64> inUse(List<Eui64> identifiers) {
    Set<Eui64> used = new HashSet<>();
    identifiers.stream().filter(id -> inventory.find(id).isPresent()).forEach(used::add);
    return used;
  }

  private BrokerCertificates brokerCertificates() {
    return new BrokerCertificates(
        certificates.brokerSigningCertificate(broker), certificates.agreementCertificateOf(broker));
  }

  private Coverage coverageAt(XmlElement body) throws ElementException {
    if (body.has("PartialAddress")) {
      return new Coverage(true, coverage.at(body.child("PartialAddress").text("PostCode")));
    }
    Optional<String> postCode = meterPoints.postCodeOf(body.integer("UPRN"));
    return new Coverage(postCode.isPresent(), postCode.map(coverage::at).orElse(List.of()));
  }
}
