// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import java.util.ArrayList;
import java.util.List;
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

  /**
   * A message on its way up.
   *
   * @param device who sent it
   */
  record Sent(Eui64 device, Octets message) {}

  /**
   * Takes several messages of one hub, each as {@link #received} does. A receiver may work on those
   * side by side whose order means nothing.
   *
   * @param messages the most urgent first, and of those the oldest
   * @return for each whether it is stored; what is not is offered again
   */
  default List<Boolean> receivedTogether(List<Sent> messages) {
    List<Boolean> stored = new ArrayList<>(messages.size());
    for (Sent sent : messages) {
      stored.add(isStored(sent));
    }
    return stored;
  }

  private boolean isStored(Sent sent) {
    try {
      received(sent.device(), sent.message());
      return true;
    } catch (NotStoredException kept) {
      return false;
    }
  }
}
