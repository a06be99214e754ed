// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gbz;

import java.util.List;
import org.meterbox.devices.machine.Transition;
import org.meterbox.gbcs.gbz.Component;

/**
 * One step of a use case: a component of a command, or several that are done or refused together.
 *
 * @param <F> the state of the device's function
 */
public interface ZclStep<F> {
  /**
   * How many of the components, from the first on, are this step's.
   *
   * @return 0 where the first is not, or its constants are not those of the use case
   */
  int covers(List<Component.Plain> components);

  /**
   * Carries the components out; what a refused one changed is undone.
   *
   * @return an answer for each
   */
  List<ZclAnswer> carryOut(Transition<F> transition, List<Component.Plain> components);
}
