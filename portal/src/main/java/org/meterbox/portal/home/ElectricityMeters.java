// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.home;

import java.util.Optional;
import org.meterbox.devices.esme.state.EsmeState;
import org.meterbox.devices.memory.MemoryFailureException;
import org.meterbox.kernel.Eui64;

/** The electricity meters that run in this process. */
@FunctionalInterface
public interface ElectricityMeters {
  /** None runs here. */
  ElectricityMeters NONE = _ -> Optional.empty();

  /**
   * The state of a meter; empty where it does not run here.
   *
   * @throws MemoryFailureException where its memory fails
   */
  Optional<EsmeState> find(Eui64 meter) throws MemoryFailureException;
}
