// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import org.meterbox.correlate.keys.PartyKeys;

/**
 * What the user knows besides the request.
 *
 * @param senderTimes when a Pre-Command may have been made
 * @param deviceTypes what other devices are
 * @param certificates the certificates of other devices
 */
public record UserKnowledge(
    SenderTimes senderTimes, DeviceTypes deviceTypes, PartyKeys certificates) {
  /** Whether the meter of a request may measure one element (false) or two (true). */
  boolean mayBeTwin(OriginalRequest request, boolean twin) {
    return deviceTypes.twinElement(request.requestId().target()).orElse(twin) == twin;
  }

  /** Whether the device of a request may take replaced use cases (true) or others (false). */
  boolean mayTakeReplaced(OriginalRequest request, boolean replaced) {
    return deviceTypes.takesReplaced(request.requestId().target()).orElse(replaced) == replaced;
  }
}
