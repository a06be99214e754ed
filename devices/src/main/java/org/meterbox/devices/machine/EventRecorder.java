// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

/**
 * How a kind of device logs an event and alerts about it.
 *
 * @param <F> the state of the device's function
 */
@FunctionalInterface
public interface EventRecorder<F> {
  /**
   * Records an event.
   *
   * @param code the event code
   */
  void record(Transition<F> transition, int code);
}
