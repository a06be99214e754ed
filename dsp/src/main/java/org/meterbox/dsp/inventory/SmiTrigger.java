// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

/** What changes the status of a device in the Smart Metering Inventory. */
public enum SmiTrigger {
  /** 12.2: a user, or the communications service provider for a hub, announces the device. */
  PRE_NOTIFIED,
  /** 8.11 Add: the hub has taken the device into its device log. */
  ADDED_TO_HUB,
  /** Alert 8F12: the hub reports a device log in which the device has joined. */
  JOINED_HUB,
  /** 8.11 Remove: the hub has taken the device out of its device log. */
  REMOVED_FROM_HUB,
  /** 8.14.1: the hub was installed and reached the SM WAN. */
  HUB_INSTALLED,
  /** 8.14.2: the hub was installed where there is no SM WAN. */
  HUB_INSTALLED_WITHOUT_WAN,
  /** 8.1.1: the meter has set its clock and entered service. */
  METER_COMMISSIONED,
  /** 8.7.1, 8.7.2: both devices have joined each other. */
  JOINED_DEVICE,
  /** 8.3: the responsible supplier takes the device out of service. */
  DECOMMISSIONED,
  /** 8.14.3, 8.14.4: the hub was returned, or lost. */
  HUB_RETURNED,
  /** 8.5: the broker's credentials on the device were replaced. */
  OPTED_OUT,
  /** 8.6: the device comes back to the DCC's service. */
  OPTED_IN,
  /** Its model or firmware left the Central Products List. */
  LEFT_PRODUCTS_LIST,
  /** Its model and firmware are on the Central Products List again. */
  BACK_ON_PRODUCTS_LIST,
  /** A recovery has put the broker's certificates into users' cells. */
  RECOVERY_BY_BROKER,
  /** A recovery or a handover (6.21) has put users' certificates back. */
  CERTIFICATES_BACK,
  /** 8.4: a user corrects the status to Pending. */
  CORRECTED_TO_PENDING,
  /** 8.4: a user corrects the status to InstalledNotCommissioned. */
  CORRECTED_TO_INSTALLED,
  /** 8.4: a user corrects the status of a hub to Commissioned. */
  CORRECTED_TO_COMMISSIONED,
  /** 8.4: a user corrects the status of a hub to Withdrawn. */
  CORRECTED_TO_WITHDRAWN,
  /** 8.4: the device is deleted before it was ever installed. */
  DELETED,
  /** It was announced and not installed within {@link SmiLifecycle#PENDING_MAX}. */
  NEVER_INSTALLED,
  /** Details of the device changed, its status did not. */
  DETAILS_CHANGED
}
