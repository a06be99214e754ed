// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/**
 * What a message, the passing of time or an event at the device makes of it.
 *
 * @param state the state after it
 * @param events what happened
 * @param message what the device sends in answer; alerts stand in the state
 * @param durable whether the state must be kept before anything is sent. Where only time passed and
 *     nobody could notice anything, the same state follows again from the one before.
 */
public record Step<F>(
    DeviceState<F> state, List<DeviceEvent> events, Optional<Octets> message, boolean durable) {
  /** Copies the list. */
  public Step {
    events = List.copyOf(events);
  }
}
