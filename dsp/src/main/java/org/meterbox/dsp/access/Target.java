// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.util.List;
import org.meterbox.dsp.inventory.Device;
import org.meterbox.dsp.registration.Registration;

/**
 * The device that a request is about, with what the registration data say about it and the user.
 *
 * @param registrations the user's registrations for the device's meter points; for a device that
 *     measures nothing, such as the hub, for those of its whole premises
 */
public record Target(Device device, List<Registration> registrations) {
  /** Keeps an unchangeable copy. */
  public Target {
    registrations = List.copyOf(registrations);
  }
}
