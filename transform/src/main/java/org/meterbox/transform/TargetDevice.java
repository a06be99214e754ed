// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;

/**
 * What the translation depends on about the device that is addressed.
 *
 * @param id the device
 * @param type its type in the inventory
 * @param twinElement whether an ESME measures two elements (ESME variants with B)
 * @param polyphase whether an ESME measures three phases (ESME variants with C)
 * @param generation which of a use case and its successor it supports
 */
public record TargetDevice(
    Eui64 id, DeviceType type, boolean twinElement, boolean polyphase, Generation generation) {
  /** Which use case a device takes where GBCS has replaced one by another. */
  public enum Generation {
    /** The use case that was replaced, as ECS26d by ECS26l. */
    EARLIER,
    /** The use case that GBCS has now. */
    CURRENT
  }

  /** A device on one phase that supports the use cases that GBCS has now. */
  public TargetDevice(Eui64 id, DeviceType type, boolean twinElement) {
    this(id, type, twinElement, false, Generation.CURRENT);
  }

  /** Whether it takes the use cases that GBCS has replaced. */
  public boolean isEarlier() {
    return generation == Generation.EARLIER;
  }
}
