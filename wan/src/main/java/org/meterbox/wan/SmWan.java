// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

/** The DSP's side of the SM WAN: messages go down here, and come up through {@link Uplink}. */
public interface SmWan {
  /**
   * Takes a message for a device. Returns at once; what became of an accepted message is told once
   * through {@link DeliveryReports}.
   */
  Acceptance send(Downlink downlink);
}
