// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.reading;

import java.util.Optional;
import org.meterbox.devices.esme.log.SampleLog;
import org.meterbox.devices.gas.state.GsmeState;
import org.meterbox.devices.machine.DeviceState;

/**
 * Where a device finds what it knows of a gas meter: the meter in itself, its mirror in a copy.
 *
 * @param <F> the state of the device's function
 */
public interface GasView<F> {
  /** The meter; empty where the device has never heard of it. */
  Optional<GsmeState> meter(DeviceState<F> state);

  /** Litres of each half hour. */
  SampleLog profile(DeviceState<F> state);

  /** Litres of each day; empty where the device does not keep them. */
  Optional<SampleLog> daily(DeviceState<F> state);
}
