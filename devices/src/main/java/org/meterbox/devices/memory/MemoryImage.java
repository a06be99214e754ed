// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

import java.util.Arrays;
import java.util.Locale;

/** The content of a device's memory. Holds private keys, so it is never printed. */
public final class MemoryImage {
  /** The largest image: certificates, logs and unacknowledged messages stay far below. */
  public static final int MAX_OCTETS = 16 * 1024 * 1024;

  private final byte[] octets;

  /** Copies the octets. */
  public MemoryImage(byte[] octets) {
    if (octets.length > MAX_OCTETS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a memory image has at most %d octets, not %d",
              MAX_OCTETS,
              octets.length));
    }
    this.octets = octets.clone();
  }

  /** A copy of the octets. */
  public byte[] octets() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryImage image && Arrays.equals(octets, image.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "MemoryImage[%d octets, redacted]", octets.length);
  }
}
