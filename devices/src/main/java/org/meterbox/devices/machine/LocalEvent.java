// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

/**
 * Something that happens at a device: a button, a cover, a load that is switched on.
 *
 * @param <F> the state of the device's function
 */
@FunctionalInterface
public interface LocalEvent<F> {
  /** Lets it happen; depends on nothing but the transition. */
  void happen(Transition<F> transition);
}
