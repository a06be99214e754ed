// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterbox.kernel.Eui64;

/**
 * Which hub serves which device. A hub is named by its communications hub function, and serves
 * itself. Safe for use by many threads.
 */
public final class Coverage {
  private final Map<Eui64, Eui64> hubByDevice = new HashMap<>();
  private final Map<Eui64, Set<Eui64>> devicesByHub = new HashMap<>();

  /**
   * The hub serves the device from now on, and no other hub does.
   *
   * @return false where the hub serves {@link WanLimits#MAX_DEVICES_PER_HUB} others already
   */
  public synchronized boolean serve(Eui64 hub, Eui64 device) {
    Set<Eui64> served = devicesByHub.computeIfAbsent(hub, h -> new HashSet<>(Set.of(h)));
    hubByDevice.putIfAbsent(hub, hub);
    if (!served.contains(device) && served.size() >= WanLimits.MAX_DEVICES_PER_HUB) {
      return false;
    }
    Eui64 former = hubByDevice.put(device, hub);
    if (former != null && !former.equals(hub)) {
      Set<Eui64> formerlyServed = devicesByHub.get(former);
      if (formerlyServed != null) {
        formerlyServed.remove(device);
      }
    }
    served.add(device);
    return true;
  }

  /** No hub serves the device any more. */
  public synchronized void leave(Eui64 device) {
    Eui64 hub = hubByDevice.remove(device);
    if (hub != null) {
      Set<Eui64> served = devicesByHub.get(hub);
      if (served != null) {
        served.remove(device);
      }
    }
  }

  /** The hub that serves the device. */
  public synchronized Optional<Eui64> hubServing(Eui64 device) {
    return Optional.ofNullable(hubByDevice.get(device));
  }

  /** The devices that the hub serves. */
  public synchronized Set<Eui64> servedBy(Eui64 hub) {
    return Set.copyOf(devicesByHub.getOrDefault(hub, Set.of()));
  }
}
