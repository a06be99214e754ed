// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import java.util.Optional;
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

  /** Whether an electricity meter measures two elements, where the user knows. */
  default Optional<Boolean> twinElement(Eui64 meter) {
    return Optional.empty();
  }

  /**
   * Whether a device takes the use cases that GBCS has replaced by others (ECS08, ECS30, GCS25),
   * and not their successors, where the user knows.
   */
  default Optional<Boolean> takesReplaced(Eui64 device) {
    return Optional.empty();
  }

  /** Nothing is known: every device may be anything. */
  static DeviceTypes unknown() {
    return device -> Set.of(DeviceType.values());
  }
}
