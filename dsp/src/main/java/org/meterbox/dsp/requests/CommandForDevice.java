// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;

/**
 * A command and the identity in its grouping header, by which the device's response is matched.
 *
 * @param id Business Originator (the user, or the broker on its behalf), device and counter
 * @param octets the command
 */
public record CommandForDevice(MessageId id, Octets octets) {}
