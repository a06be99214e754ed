// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.Map;

/**
 * A function that devices of several kinds have: credentials, device log, firmware. Keeps its state
 * in what all devices hold.
 *
 * @param <F> the state of the device's own function
 */
public interface DeviceFunction<F> {
  /** What carries out its use cases, by name. */
  Map<String, DeviceModel.Handler<F>> handlers();

  /**
   * The time for which the next waiting action is set.
   *
   * @return {@link Instant#MAX} where nothing waits
   */
  default Instant next(DeviceState<F> state) {
    return Instant.MAX;
  }

  /** Does, once, what was set for the transition's time or earlier. */
  default void due(Transition<F> transition) {}
}
