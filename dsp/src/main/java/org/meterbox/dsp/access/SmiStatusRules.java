// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * Which service requests a device may get in which status of its life.
 *
 * <p>No public document has the table by service request. The rule here follows from what each
 * status is for: before commissioning what sets a device up, in suspension what brings it out of
 * it, in recovery what brings the users' certificates back, at the end nothing.
 */
final class SmiStatusRules {
  /** Joining and device logs, firmware: what makes a device part of its home network. */
  private static final Set<String> JOINING = Set.of("8.1", "8.7", "8.8", "8.9", "8.11", "11.2");

  /** What a supplier does between joining and the end of commissioning. */
  private static final Set<String> CONFIGURING =
      Set.of(
          "1.1", "1.2", "1.5", "1.6", "2.1", "3.4", "6.2", "6.4", "6.5", "6.6", "6.7", "6.8",
          "6.12", "6.14", "6.15", "6.17", "6.18", "6.20", "6.21", "6.22", "6.24", "6.28", "6.29",
          "6.30", "6.31", "6.32", "8.12", "11.3");

  /** What ends a suspension: another firmware. */
  private static final Set<String> LEAVING_SUSPENSION = Set.of("11.2", "11.3");

  /** What ends a recovery: the users' certificates. */
  private static final Set<String> LEAVING_RECOVERY = Set.of("6.15", "6.21", "6.24", "11.2");

  private SmiStatusRules() {}

  /** Whether a device in this status may get this request; devices without status get none. */
  static boolean permit(Optional<SmiStatus> status, ServiceRequestEntry entry) {
    return status.map(known -> permit(known, entry.serviceReference())).orElse(false);
  }

  private static boolean permit(SmiStatus status, String service) {
    return switch (status) {
      case COMMISSIONED, RECOVERED -> true;
      case PENDING, WHITELISTED -> JOINING.contains(service);
      case INSTALLED_NOT_COMMISSIONED -> JOINING.contains(service) || CONFIGURING.contains(service);
      case SUSPENDED -> LEAVING_SUSPENSION.contains(service);
      case RECOVERY -> LEAVING_RECOVERY.contains(service);
      case DECOMMISSIONED, WITHDRAWN -> false;
    };
  }
}
