// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.estate;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.registration.Registration;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Mpxn;
import org.meterbox.kernel.UserRole;

/** Who is responsible for a device, by registration data (SEC section E). */
final class Responsibility {
  /** Parties that are told when a device enters or leaves service. */
  static final Set<UserRole> RESPONSIBLE_PARTIES =
      Set.of(UserRole.IS, UserRole.GS, UserRole.ES, UserRole.ED, UserRole.GT);

  private static final Set<UserRole> ELECTRICITY =
      EnumSet.of(UserRole.IS, UserRole.ES, UserRole.ED);
  private static final Set<UserRole> GAS = EnumSet.of(UserRole.GS, UserRole.GT);

  private Responsibility() {}

  /** The roles of the suppliers that answer for a device of this type. */
  static Set<UserRole> suppliers(DeviceType type) {
    return switch (type) {
      case ESME, HCALCS -> Set.of(UserRole.IS);
      case GSME, GPF -> Set.of(UserRole.GS);
      case CHF, PPMID, IHD, CAD -> Set.of(UserRole.IS, UserRole.GS);
    };
  }

  /** Whether the asker holds one of these roles and is registered in it for the device now. */
  static boolean holds(EstateFacts facts, Device device, Set<UserRole> roles, Instant now) {
    return registeredFor(facts.registrations(), device).stream()
        .anyMatch(registration ->
            registration.party().equals(facts.asker())
                && roles.contains(registration.role())
                && facts.roles().contains(registration.role())
                && registration.covers(now));
  }

  /** The registrations that count for a device: its own meter points', or its premises'. */
  static List<Registration> registeredFor(Collection<Registration> registrations, Device device) {
    List<Mpxn> own = device.meterPoints().all();
    return registrations.stream()
        .filter(registration -> own.isEmpty() || own.contains(registration.mpxn()))
        .toList();
  }

  /** Whether the asker is registered as a supplier for this meter point at this time. */
  static boolean suppliesNamed(EstateFacts facts, Mpxn mpxn, Instant when) {
    return facts.named().stream()
        .anyMatch(registration ->
            registration.mpxn().equals(mpxn)
                && registration.party().equals(facts.asker())
                && isSupplier(registration.role())
                && facts.roles().contains(registration.role())
                && registration.covers(when));
  }

  private static boolean isSupplier(UserRole role) {
    return role == UserRole.IS || role == UserRole.GS || role == UserRole.ES;
  }

  /** Everybody registered for a device in one of these roles, but for the asker. */
  static Set<Eui64> others(EstateFacts facts, Device device, Set<UserRole> roles, Instant now) {
    Set<Eui64> parties = parties(registeredFor(facts.registrations(), device), roles, now);
    parties.remove(facts.asker());
    return parties;
  }

  /** Everybody in these registrations who holds one of these roles now. */
  static Set<Eui64> parties(
      Collection<Registration> registrations, Set<UserRole> roles, Instant now) {
    Set<Eui64> parties = new LinkedHashSet<>();
    registrations.stream()
        .filter(registration -> roles.contains(registration.role()) && registration.covers(now))
        .forEach(registration -> parties.add(registration.party()));
    return parties;
  }

  /** Whether a role has to do with meter points of this kind. */
  static boolean concerns(UserRole role, Mpxn mpxn) {
    return switch (role) {
      case IS, ES, ED, GS, GT -> (mpxn.isMpan() ? ELECTRICITY : GAS).contains(role);
      case RSA, OU -> true;
      case LC -> false;
    };
  }
}
