// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.home;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.devices.DeviceFilter;
import org.meterbox.portal.devices.DeviceSearch;
import org.meterbox.portal.devices.DeviceSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at homes: what the inventory says of their devices, and what their meters show. */
public final class Homes {
  private static final Logger LOG = LoggerFactory.getLogger(Homes.class);

  private final DeviceSearch devices;
  private final ElectricityMeters meters;

  /** Homes of this inventory with these meters. */
  public Homes(DeviceSearch devices, ElectricityMeters meters) {
    this.devices = devices;
    this.meters = meters;
  }

  /** The home of a hub; empty where the inventory knows no device of it. */
  public Optional<HomeView> find(Eui64 hub, LocalDate day) {
    List<DeviceSummary> found =
        devices.find(DeviceFilter.ofHub(hub), Optional.empty(), DeviceSearch.HOME_MAX).devices();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<MeterReading> readings = new ArrayList<>();
    for (DeviceSummary device : found) {
      read(device.id(), day).ifPresent(readings::add);
    }
    return Optional.of(new HomeView(hub, found, readings, day));
  }

  /** What a meter shows; empty where it does not run here or cannot be read. */
  public Optional<MeterReading> read(Eui64 meter, LocalDate day) {
    try {
      return meters.find(meter).map(state -> MeterReading.of(meter, state, day));
    } catch (MemoryFailureException e) {
      LOG.warn("the meter {} cannot be read: {}", meter, e.getMessage());
      return Optional.empty();
    }
  }
}
