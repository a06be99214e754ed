// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.util.List;
import org.meterbox.kernel.Octets;

/** What came of an admitted command. */
public sealed interface Execution<F> {
  /**
   * Carried out, as far as the payload of the response says.
   *
   * @param state the state after it
   * @param sensitive whether the payload carries encrypted content
   */
  record Answered<F>(
      DeviceState<F> state, Octets payload, boolean sensitive, List<DeviceEvent> events)
      implements Execution<F> {
    /** Copies the list. */
    public Answered {
      events = List.copyOf(events);
    }
  }

  /** The payload is not what the use case prescribes: no answer, nothing changed. */
  record Malformed<F>() implements Execution<F> {}
}
