// SPDX-License-Identifier: Apache-2.0
package org.meterbox.conformance.correlate;

import java.util.ArrayList;
import java.util.List;
import org.meterbox.conformance.correlate.OctetWalk.Place;

/** Other values in the place of one: near enough that what allowed it allows them. */
final class Changes {
  private static final int MOST = 32;
  private static final int HIGH_BIT = 0x80;

  private Changes() {}

  static List<byte[]> of(byte[] octets, Place place) {
    List<byte[]> changes = new ArrayList<>();
    if (place.length() == 0) {
      return changes;
    }
    changes.add(changed(octets, place.to() - 1, 1));
    if (place.kind() == OctetWalk.Kind.OCTETS) {
      // Of dates, identifiers and the like every octet; of long texts some.
      int step = 1 + place.length() / MOST;
      for (int at = place.from(); at < place.to() - 1; at += step) {
        changes.add(changed(octets, at, 1));
        changes.add(changed(octets, at, HIGH_BIT));
      }
      changes.add(changed(octets, place.to() - 1, HIGH_BIT));
    } else {
      changes.add(changed(octets, place.to() - 1, 2));
      if (place.length() > 1) {
        changes.add(changed(octets, place.from(), 1));
      }
    }
    return changes;
  }

  private static byte[] changed(byte[] octets, int at, int bits) {
    byte[] other = octets.clone();
    other[at] ^= (byte) bits;
    return other;
  }
}
