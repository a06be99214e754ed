// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.inventory;

/** Where a device stands in its life, in the words of DUIS (DeviceStatus). */
public enum SmiStatus {
  /** Announced, not yet seen. */
  PENDING("Pending"),
  /** The hub has been told to let it join. */
  WHITELISTED("Whitelisted"),
  /** In the home network, not yet in service. */
  INSTALLED_NOT_COMMISSIONED("InstalledNotCommissioned"),
  /** In service. */
  COMMISSIONED("Commissioned"),
  /** Taken out for good. */
  DECOMMISSIONED("Decommissioned"),
  /** In service, but no longer with the DCC. */
  WITHDRAWN("Withdrawn"),
  /** Its model or firmware has left the Central Products List. */
  SUSPENDED("Suspended"),
  /** The DCC's recovery has put the broker's certificates in its cells. */
  RECOVERY("Recovery"),
  /** Its users' certificates are back. */
  RECOVERED("Recovered");

  private final String word;

  SmiStatus(String word) {
    this.word = word;
  }

  /** The word in DUIS messages. */
  public String word() {
    return word;
  }
}
