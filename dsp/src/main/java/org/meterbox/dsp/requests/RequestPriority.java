// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.util.Set;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/** Which request overtakes which, wherever there is a queue. */
public final class RequestPriority {
  /** Top up a prepayment meter; enable, disable or arm the supply; activate emergency credit. */
  private static final Set<String> SUPPLY_SERVICES = Set.of("2.2", "2.5", "7.1", "7.2", "7.3");

  private RequestPriority() {}

  /** The priority of a request. */
  public static Priority of(ServiceRequestEntry entry, CommandVariant variant) {
    if (SUPPLY_SERVICES.contains(entry.serviceReference())) {
      return Priority.SUPPLY;
    }
    if (variant == CommandVariant.DSP_SCHEDULED) {
      return Priority.BULK;
    }
    return entry.critical() ? Priority.CRITICAL : Priority.ON_DEMAND;
  }
}
