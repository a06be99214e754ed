// SPDX-License-Identifier: Apache-2.0
package org.meterbox.transform;

import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Eui64;

/**
 * What the translation depends on about the device that is addressed.
 *
 * @param id the device
 * @param type its type in the inventory
 * @param twinElement whether an ESME measures two elements (ESME variants with a secondary element)
 */
public record TargetDevice(Eui64 id, DeviceType type, boolean twinElement) {}
