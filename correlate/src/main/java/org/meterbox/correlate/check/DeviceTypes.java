// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.Set;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;

/**
 * What the user knows of the kinds of devices. A request to join two devices names the other one
 * only by its identifier, the command also by its kind.
 */
@FunctionalInterface
public interface DeviceTypes {
  /** What a device may be. */
  Set<DeviceType> possible(Eui64 device);

  /** Nothing is known: every device may be anything. */
  static DeviceTypes unknown() {
    return device -> Set.of(DeviceType.values());
  }
}
