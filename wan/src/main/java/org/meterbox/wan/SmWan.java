// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;

/** The DSP's side of the SM WAN: messages go down here, and come up through {@link Uplink}. */
public interface SmWan {
  /**
   * Takes a message for a device. Returns at once; what became of an accepted message is told once
   * through {@link DeliveryReports}.
   */
  Acceptance send(Downlink downlink);

  /**
   * Takes a message back that still waits; no report on it follows then. What is on its way to the
   * hub already is not called back.
   *
   * @param correlation the sender's name for it
   */
  default void withdraw(Eui64 device, MessageId correlation) {}
}
