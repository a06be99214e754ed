// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

import java.util.Optional;

/**
 * The non-volatile memory of one device. Its content is replaced as a whole: after a loss of power
 * at any moment it holds the old image or the new one, never a mixture.
 */
public interface DeviceMemory {
  /**
   * The image that was stored last; empty before the first.
   *
   * @throws MemoryFailureException where it cannot be read
   */
  Optional<MemoryImage> load() throws MemoryFailureException;

  /**
   * Replaces the image. Returns only when the new one is durable.
   *
   * @throws MemoryFailureException where that is not certain: the memory may hold the old image or
   *     the new one, so whoever goes on loads it first
   */
  void store(MemoryImage image) throws MemoryFailureException;
}
