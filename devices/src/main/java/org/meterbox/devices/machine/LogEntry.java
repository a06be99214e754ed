// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import org.meterbox.kernel.Octets;

/**
 * An entry of an event or security log.
 *
 * @param code the event code
 * @param other further octets that some codes have
 */
public record LogEntry(Instant at, int code, Octets other) {}
