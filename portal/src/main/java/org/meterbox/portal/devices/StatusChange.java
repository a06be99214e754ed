// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.devices;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.MessageId;

/**
 * A change of a device's status in the Smart Metering Inventory.
 *
 * @param at when it changed
 * @param status the status since; none where the device has none, or was deleted
 * @param trigger what changed it
 * @param request the request that led to it, where one did
 */
public record StatusChange(
    Instant at, Optional<String> status, String trigger, Optional<MessageId> request) {
  /** The status as people read it. */
  public String statusText() {
    return status.map(DeviceSearch::words).orElse("none");
  }

  /** What changed it, as people read it. */
  public String triggerText() {
    return DeviceSearch.words(trigger);
  }
}
