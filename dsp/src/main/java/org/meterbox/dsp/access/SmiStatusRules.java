// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.util.Optional;
import java.util.Set;
import org.meterbox.dsp.inventory.SmiStatus;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;
import org.meterbox.kernel.catalogue.ServiceRequestEntry.Stage;

/**
 * Which service requests a device may get in which status of its life.
 *
 * <p>No public document has the table by service request. What the catalogue says follows from what
 * each status is for: before commissioning what sets a device up, in suspension what brings it out
 * of it, in recovery what brings the users' certificates back, at the end nothing.
 */
final class SmiStatusRules {
  private SmiStatusRules() {}

  /** Whether a device in this status may get this request; devices without status get none. */
  static boolean permit(Optional<SmiStatus> status, ServiceRequestEntry entry) {
    return status.map(known -> permit(known, entry.stages())).orElse(false);
  }

  private static boolean permit(SmiStatus status, Set<Stage> stages) {
    return switch (status) {
      case COMMISSIONED, RECOVERED -> true;
      case PENDING, WHITELISTED -> stages.contains(Stage.JOINING);
      case INSTALLED_NOT_COMMISSIONED ->
          stages.contains(Stage.JOINING) || stages.contains(Stage.CONFIGURING);
      case SUSPENDED -> stages.contains(Stage.SUSPENSION);
      case RECOVERY -> stages.contains(Stage.RECOVERY);
      case DECOMMISSIONED, WITHDRAWN -> false;
    };
  }
}
