// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import org.meterbox.kernel.Octets;

/**
 * A run of octets that a Pre-Command must have, and whose words they are.
 *
 * @param field the path of the request's element, or what the use case prescribes
 * @param requested the value as the request writes it, or the octets where the use case prescribes
 *     them
 * @param octets what must stand there
 */
record Segment(String field, String requested, Octets octets) {
  /** What no request can change. */
  static Segment prescribed(String what, Octets octets) {
    return new Segment(what, octets.hex(), octets);
  }
}
