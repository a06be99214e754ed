// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.devices;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Eui64;

/**
 * A page of devices.
 *
 * @param devices in order of their identifiers
 * @param next the identifier behind which the next page begins; empty at the end
 * @param lookedAt how many were looked at without filling the page; 0 where it is full or all
 */
public record DeviceList(List<DeviceSummary> devices, Optional<Eui64> next, int lookedAt) {
  /** Copies the list. */
  public DeviceList {
    devices = List.copyOf(devices);
  }
}
