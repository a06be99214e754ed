// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.firmware;

import org.meterbox.devices.machine.Transition;
import org.meterbox.kernel.Octets;

/**
 * Where a kind of device keeps the version of its firmware, and how it tells of images.
 *
 * @param <F> the state of the device's function
 */
public interface FirmwareVersions<F> {
  /** The version that runs, 4 octets. */
  Octets running(F function);

  /** With another version running. */
  F withRunning(F function, Octets version);

  /**
   * Alerts that an image was received.
   *
   * @param code whether it is good: 8F72, or not: 8F1C
   * @param hash SHA-256 of the manufacturer image
   */
  void received(Transition<F> transition, int code, Octets hash);

  /** Records that another version runs (8F43). */
  void changed(Transition<F> transition, int code);
}
