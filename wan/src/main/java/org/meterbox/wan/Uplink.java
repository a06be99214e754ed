// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.Octets;

/** The DSP's port for what devices send. */
@FunctionalInterface
public interface Uplink {
  /**
   * Takes a device's message. Returns only after it is stored durably, also when it makes no sense
   * to the receiver; the hub then forgets it. The same message may come again, for example when the
   * acknowledgement was lost: the receiver recognises it.
   *
   * @throws NotStoredException where it could not be stored: it is offered again
   */
  void received(Eui64 device, Octets message) throws NotStoredException;
}
