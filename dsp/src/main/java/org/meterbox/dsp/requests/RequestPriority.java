// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/** Which request overtakes which, wherever there is a queue. */
public final class RequestPriority {
  private RequestPriority() {}

  /** The priority of a request. */
  public static Priority of(ServiceRequestEntry entry, CommandVariant variant) {
    if (entry.supply()) {
      return Priority.SUPPLY;
    }
    if (variant == CommandVariant.DSP_SCHEDULED) {
      return Priority.BULK;
    }
    return entry.critical() ? Priority.CRITICAL : Priority.ON_DEMAND;
  }
}
