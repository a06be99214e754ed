// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

import java.util.Optional;

/** A memory for tests that fails at the write it is told to, before or after it took effect. */
public final class VolatileMemory implements DeviceMemory {
  /** What happens at the failing write. */
  public enum Failure {
    /** The power goes before the new image is in place. */
    BEFORE_THE_IMAGE_IS_REPLACED,
    /** The power goes after, but before anybody hears of it. */
    AFTER_THE_IMAGE_IS_REPLACED
  }

  private Optional<MemoryImage> image = Optional.empty();
  private int writes;
  private int failingWrite = -1;
  private Failure failure = Failure.BEFORE_THE_IMAGE_IS_REPLACED;

  /** Fails at the write with this number, counted from 0 and from now on. */
  public void failAt(int write, Failure how) {
    writes = 0;
    failingWrite = write;
    failure = how;
  }

  /** Writes since {@link #failAt}, or ever. */
  public int writes() {
    return writes;
  }

  @Override
  public Optional<MemoryImage> load() {
    return image;
  }

  @Override
  public void store(MemoryImage next) throws MemoryFailureException {
    boolean fails = writes++ == failingWrite;
    if (!fails || failure == Failure.AFTER_THE_IMAGE_IS_REPLACED) {
      image = Optional.of(next);
    }
    if (fails) {
      throw new MemoryFailureException("a loss of power, on purpose");
    }
  }
}
