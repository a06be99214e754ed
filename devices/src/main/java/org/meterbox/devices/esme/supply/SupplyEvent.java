// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.supply;

/** What may move the load switch. */
public enum SupplyEvent {
  /** Disable Supply (SRV 7.2, ECS43). */
  DISABLED_REMOTELY,
  /** Enable Supply (SRV 7.1, ECS42). */
  ENABLED_REMOTELY,
  /** Arm Supply (SRV 7.3, ECS44). */
  ARMED_REMOTELY,
  /** The consumer enables the supply at the meter. */
  ENABLED_AT_METER,
  /**
   * Combined credit is at or below the disablement threshold, and disabling is allowed now. Whoever
   * watches the credit tells of it (8F0F) when the threshold is reached, which may be earlier.
   */
  CREDIT_USED_UP,
  /** Credit rose above the threshold, or emergency credit was activated. */
  CREDIT_RESTORED,
  /** Load above the limit for as long as the limit says. */
  LOAD_ABOVE_LIMIT,
  /** The load limit's restoration period is over. */
  RESTORATION_PERIOD_OVER,
  /** Tampering while the supply tamper state is Locked. */
  TAMPERED_WHILE_LOCKED,
  /** The supplier takes the tamper lock away. */
  TAMPER_LOCK_RELEASED
}
