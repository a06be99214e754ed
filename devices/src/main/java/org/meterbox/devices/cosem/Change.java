// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.cosem;

import java.util.List;
import org.meterbox.devices.machine.DeviceEvent;
import org.meterbox.devices.machine.DeviceState;
import org.meterbox.gbcs.dlms.AccessResult;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * What comes of writing an attribute or invoking a method.
 *
 * @param state the state after it; the state before it where it failed
 * @param returned what a method gives back; null-data otherwise
 */
public record Change<F>(
    DeviceState<F> state, AccessResult result, DlmsValue returned, List<DeviceEvent> events) {
  /** Copies the list. */
  public Change {
    events = List.copyOf(events);
  }

  /** Carried out, with nothing to return. */
  public static <F> Change<F> done(DeviceState<F> state, List<DeviceEvent> events) {
    return new Change<>(state, AccessResult.SUCCESS, DlmsValue.NullData.VALUE, events);
  }

  /** Not carried out: nothing changed. */
  public static <F> Change<F> denied(DeviceState<F> state, AccessResult reason) {
    return new Change<>(state, reason, DlmsValue.NullData.VALUE, List.of());
  }
}
