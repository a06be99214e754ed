// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/**
 * What a message makes of a device.
 *
 * @param state the state after it, which is kept before anything is sent
 * @param events what happened
 * @param message what the device sends
 */
public record Step<F>(DeviceState<F> state, List<DeviceEvent> events, Optional<Octets> message) {
  /** Copies the list. */
  public Step {
    events = List.copyOf(events);
  }
}
