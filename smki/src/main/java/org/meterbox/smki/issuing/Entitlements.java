// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.issuing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/** Who may ask for which certificates. */
@FunctionalInterface
public interface Entitlements {
  /**
   * What one subscriber may ask for.
   *
   * @param subscriber the organisation that asks
   * @param roles the roles that it holds
   * @param organisations the identifiers of its own certificates
   * @param devices the devices for which it may ask
   */
  record Entitlement(
      Eui64 subscriber,
      Set<RemotePartyRole> roles,
      List<EuiRange> organisations,
      List<EuiRange> devices) {
    /** Keeps the lists as they are now. */
    public Entitlement {
      roles = Set.copyOf(roles);
      organisations = List.copyOf(organisations);
      devices = List.copyOf(devices);
    }

    /** Whether it may have certificates of this organisation. */
    public boolean coversOrganisation(Eui64 eui) {
      return organisations.stream().anyMatch(range -> range.contains(eui));
    }

    /** Whether it may have certificates of this device. */
    public boolean coversDevice(Eui64 eui) {
      return devices.stream().anyMatch(range -> range.contains(eui));
    }
  }

  /** The entitlement of an Authorised Subscriber; nobody else may ask at all. */
  Optional<Entitlement> of(Eui64 requester);

  /** A fixed set of entitlements, one for each subscriber. */
  static Entitlements fixed(Collection<Entitlement> entitlements) {
    Map<Eui64, Entitlement> bySubscriber =
        entitlements.stream()
            .collect(Collectors.toUnmodifiableMap(Entitlement::subscriber, Function.identity()));
    return requester -> Optional.ofNullable(bySubscriber.get(requester));
  }
}
