// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;

/**
 * One message on its way down to a device.
 *
 * @param device for whom it is; also the hub's own functions are devices
 * @param message the octets, which the SM WAN does not look into
 * @param priority what it may overtake
 * @param correlation the sender's name for it, given back in the {@link DeliveryReport}
 */
public record Downlink(Eui64 device, Octets message, Priority priority, MessageId correlation) {}
