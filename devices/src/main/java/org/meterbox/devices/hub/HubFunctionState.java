// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.hub;

import java.util.Map;
import org.meterbox.gbcs.dlms.CosemAttribute;
import org.meterbox.gbcs.dlms.DlmsValue;

/**
 * What a function of the hub holds beyond what all devices hold.
 *
 * @param values attributes that are kept as they were written
 */
public record HubFunctionState(Map<CosemAttribute, DlmsValue> values) {
  /** Copies the map. */
  public HubFunctionState {
    values = Map.copyOf(values);
  }
}
