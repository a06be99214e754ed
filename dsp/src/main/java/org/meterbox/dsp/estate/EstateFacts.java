// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.coverage.RegionCoverage;
import org.meterbox.dsp.inventory.InventoryEntry;
import org.meterbox.dsp.inventory.InventorySearch;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.dsp.requests.StoredRequest;
import org.meterbox.dsp.schedules.Schedule;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.UserRole;

/**
 * All that a decision of device estate management depends on, beside the request and the time.
 *
 * @param asker who sent the request
 * @param roles the asker's roles
 * @param device the device that the request names
 * @param premises what was looked for, or the premises of the device
 * @param registrations everybody's registrations at these premises
 * @param named everybody's registrations of the meter points that the request names
 * @param serving devices at the meter points that the request names
 * @param schedules everybody's schedules on the devices that the request may end
 * @param held everybody's requests to these devices that the DSP holds
 * @param inUse which of the identifiers that the request announces are in use
 * @param broker the broker's certificates in use
 * @param coverage for 12.1: what is known of the SM WAN there
 */
public record EstateFacts(
    Eui64 asker,
    Set<UserRole> roles,
    Optional<InventoryEntry> device,
    InventorySearch.Found premises,
    List<Registration> registrations,
    List<Registration> named,
    List<InventoryEntry> serving,
    List<Schedule> schedules,
    List<StoredRequest> held,
    Set<Eui64> inUse,
    BrokerCertificates broker,
    Coverage coverage) {
  /** Keeps unchangeable copies. */
  public EstateFacts {
    roles = Set.copyOf(roles);
    registrations = List.copyOf(registrations);
    named = List.copyOf(named);
    serving = List.copyOf(serving);
    schedules = List.copyOf(schedules);
    held = List.copyOf(held);
    inUse = Set.copyOf(inUse);
  }

  /** The facts of a request that names nothing. */
  static EstateFacts of(Eui64 asker, Set<UserRole> roles) {
    return new EstateFacts(
        asker,
        roles,
        Optional.empty(),
        new InventorySearch.Found(0, List.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        new BrokerCertificates(Optional.empty(), Optional.empty()),
        new Coverage(true, List.of()));
  }

  EstateFacts about(
      Optional<InventoryEntry> found,
      InventorySearch.Found at,
      List<Registration> registeredThere) {
    return new EstateFacts(
        asker,
        roles,
        found,
        at,
        registeredThere,
        named,
        serving,
        schedules,
        held,
        inUse,
        broker,
        coverage);
  }

  EstateFacts naming(List<Registration> registered, List<InventoryEntry> devices) {
    return new EstateFacts(
        asker,
        roles,
        device,
        premises,
        registrations,
        registered,
        devices,
        schedules,
        held,
        inUse,
        broker,
        coverage);
  }

  EstateFacts ending(List<Schedule> running, List<StoredRequest> waiting) {
    return new EstateFacts(
        asker,
        roles,
        device,
        premises,
        registrations,
        named,
        serving,
        running,
        waiting,
        inUse,
        broker,
        coverage);
  }

  EstateFacts announcing(Set<Eui64> used) {
    return new EstateFacts(
        asker,
        roles,
        device,
        premises,
        registrations,
        named,
        serving,
        schedules,
        held,
        used,
        broker,
        coverage);
  }

  EstateFacts with(BrokerCertificates certificates) {
    return new EstateFacts(
        asker,
        roles,
        device,
        premises,
        registrations,
        named,
        serving,
        schedules,
        held,
        inUse,
        certificates,
        coverage);
  }

  EstateFacts with(Coverage known) {
    return new EstateFacts(
        asker,
        roles,
        device,
        premises,
        registrations,
        named,
        serving,
        schedules,
        held,
        inUse,
        broker,
        known);
  }

  /** The Access Control Broker's certificates (DER), where the repository has them in use. */
  public record BrokerCertificates(Optional<Octets> signing, Optional<Octets> agreement) {}

  /**
   * What is known of the SM WAN at a place.
   *
   * @param placeKnown whether the place itself could be found
   */
  public record Coverage(boolean placeKnown, List<RegionCoverage> regions) {
    /** Keeps an unchangeable copy. */
    public Coverage {
      regions = List.copyOf(regions);
    }
  }
}
