// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Priority;

/**
 * One command that was made for a request.
 *
 * @param command identity and octets, the same octets each time it is sent
 * @param deviceType the type of the device that it is for
 * @param priority what it overtakes on its way
 */
public record CommandRecord(
    CommandForDevice command, DeviceType deviceType, Priority priority, CommandState state) {}
