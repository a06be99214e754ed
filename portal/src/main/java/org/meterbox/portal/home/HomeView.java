// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.home;

import java.time.LocalDate;
import java.util.List;
import org.meterbox.kernel.Eui64;
import org.meterbox.portal.devices.DeviceSummary;

/**
 * A home: the devices of one communications hub.
 *
 * @param hub the hub's communications hub function
 * @param devices as the inventory knows them
 * @param meters what those show that run in this process
 * @param day the day of their half hours, in UTC
 */
public record HomeView(
    Eui64 hub, List<DeviceSummary> devices, List<MeterReading> meters, LocalDate day) {
  /** Copies the lists. */
  public HomeView {
    devices = List.copyOf(devices);
    meters = List.copyOf(meters);
  }

  /** The day before. */
  public LocalDate dayBefore() {
    return day.minusDays(1);
  }

  /** The day after. */
  public LocalDate dayAfter() {
    return day.plusDays(1);
  }

  /** The meter points of the home. */
  public List<String> meterPoints() {
    return devices.stream().flatMap(each -> each.meterPoints().stream()).distinct().toList();
  }
}
