// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

import java.util.Map;
import java.util.Optional;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.RemotePartyRole;

/**
 * A device as the Smart Metering Inventory knows it.
 *
 * @param hub the communications hub function of its home network; none while it is not in one
 * @param status none for type 2 devices (IHD, CAD), which have no life cycle in the inventory
 * @param model what it is
 * @param meterPoints which meter points it measures
 * @param credentials whose certificates it holds in its trust anchor cells, by role: these parties
 *     are Known Remote Parties to it
 */
public record Device(
    Eui64 id,
    DeviceType type,
    Optional<Eui64> hub,
    Optional<SmiStatus> status,
    DeviceModel model,
    MeterPoints meterPoints,
    Map<RemotePartyRole, Eui64> credentials) {
  /** Keeps an unchangeable copy. */
  public Device {
    credentials = Map.copyOf(credentials);
  }

  /** Whether the device holds this party's certificates in its cells for this role. */
  public boolean knows(Eui64 party, RemotePartyRole role) {
    return party.equals(credentials.get(role));
  }

  /** The device in another status. */
  public Device in(Optional<SmiStatus> next) {
    return new Device(id, type, hub, next, model, meterPoints, credentials);
  }

  /** The device in the home network of another hub, or of none. */
  public Device at(Optional<Eui64> otherHub) {
    return new Device(id, type, otherHub, status, model, meterPoints, credentials);
  }

  /** The device as another model, or with other firmware. */
  public Device as(DeviceModel other) {
    return new Device(id, type, hub, status, other, meterPoints, credentials);
  }

  /** The device at other meter points. */
  public Device serving(MeterPoints other) {
    return new Device(id, type, hub, status, model, other, credentials);
  }

  /** The device with other parties' certificates. */
  public Device trusting(Map<RemotePartyRole, Eui64> others) {
    return new Device(id, type, hub, status, model, meterPoints, others);
  }
}
