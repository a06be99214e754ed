// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import org.meterbox.kernel.Eui64;

/** Watches devices, for logs, pages and demonstrations. */
@FunctionalInterface
public interface DeviceObserver {
  /** Nobody watches. */
  DeviceObserver NONE = (device, at, event) -> {};

  /** Told of each event after the device has kept it. */
  void observed(Eui64 device, Instant at, DeviceEvent event);
}
