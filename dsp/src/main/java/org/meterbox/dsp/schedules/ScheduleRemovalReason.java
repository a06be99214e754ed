// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.schedules;

import java.util.Optional;
import org.meterbox.kernel.catalogue.DccAlertCode;

/**
 * Why the DSP ends a schedule, with the DCC Alert by which its owner is told. Which alert goes with
 * which reason is public for the change of tenancy only.
 */
public enum ScheduleRemovalReason {
  /** Its owner has deleted it. */
  BY_OWNER,
  /** The device has left the DCC's service. */
  WITHDRAWAL("N4"),
  /** The device was decommissioned. */
  DECOMMISSIONING("N5"),
  /** Another supplier has the device now. */
  CHANGE_OF_SUPPLIER("N6"),
  /** Another customer has the device now. */
  CHANGE_OF_TENANCY("N17"),
  /** The device was suspended. */
  SUSPENSION("N37");

  private final String alert;

  ScheduleRemovalReason() {
    this("");
  }

  ScheduleRemovalReason(String alert) {
    this.alert = alert;
  }

  /** The alert to the owner; none where it knows already. */
  public Optional<DccAlertCode> alert() {
    return DccAlertCode.find(alert);
  }
}
