// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * What the DSP keeps of a request to a device.
 *
 * @param service its service reference variant
 * @param command the command with its MAC, the same octets each time it is sent
 * @param state where it stands; it may have ended
 */
public record RequestInFlight(
    RequestKey key,
    ServiceReferenceVariant service,
    DeviceType deviceType,
    Priority priority,
    CommandForDevice command,
    RequestState state) {}
