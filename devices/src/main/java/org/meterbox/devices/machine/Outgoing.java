// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import org.meterbox.kernel.Octets;

/**
 * A message that a device sends and keeps until it is acknowledged.
 *
 * @param number the device's own number for it, rising; zero for an answer that changed nothing and
 *     is not kept: whoever misses it asks again
 */
public record Outgoing(long number, Octets message) {
  /** Whether the device keeps it. */
  public boolean isKept() {
    return number != 0;
  }
}
