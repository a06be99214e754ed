// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;
import org.meterbox.smki.issuing.Entitlements.Entitlement;
import org.meterbox.smki.issuing.EuiRange;

/**
 * What the registration authority knows of one organisation.
 *
 * @param eui the identifier by which it is registered
 * @param name its registered name
 * @param roles the roles in which it may have certificates
 * @param organisations the identifiers of its own certificates
 * @param devices the devices for which it may ask
 * @param officers everybody ever nominated, in order of their numbers
 */
public record Registration(
    Eui64 eui,
    String name,
    Set<RemotePartyRole> roles,
    List<EuiRange> organisations,
    List<EuiRange> devices,
    Standing standing,
    List<Officer> officers) {
  /** Longest name of an organisation or a person, in characters. */
  public static final int NAME_LENGTH_MAX = 64;

  /** Most ranges of each sort. */
  public static final int RANGES_MAX = 100;

  /** Most officers of one organisation, those removed included. */
  public static final int OFFICERS_MAX = 1000;

  /** Keeps the lists as they are now. */
  public Registration {
    roles = Set.copyOf(roles);
    organisations = List.copyOf(organisations);
    devices = List.copyOf(devices);
    officers = List.copyOf(officers);
  }

  /** An organisation that has just applied. */
  static Registration applied(
      Eui64 eui,
      String name,
      Set<RemotePartyRole> roles,
      List<EuiRange> organisations,
      List<EuiRange> devices) {
    return new Registration(
        eui, name, roles, organisations, devices, Standing.APPLICANT, List.of());
  }

  Registration with(Standing next) {
    return new Registration(eui, name, roles, organisations, devices, next, officers);
  }

  /** Adds an officer, or replaces the one with the same number. */
  Registration with(Officer officer) {
    List<Officer> next = new ArrayList<>(officers);
    next.removeIf(present -> present.number() == officer.number());
    next.add(officer.number() - 1, officer);
    return new Registration(eui, name, roles, organisations, devices, standing, next);
  }

  /** The officer with this number. */
  public Optional<Officer> officer(int number) {
    return officers.stream().filter(officer -> officer.number() == number).findFirst();
  }

  /** What the organisation may ask for, once it is an Authorised Subscriber. */
  public Optional<Entitlement> entitlement() {
    return standing.maySubmit()
        ? Optional.of(new Entitlement(eui, roles, organisations, devices))
        : Optional.empty();
  }
}
