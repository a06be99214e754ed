// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.machine;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.crypto.SharedSecret;
import org.meterbox.gbcs.envelope.GroupingHeader;
import org.meterbox.kernel.Octets;

/**
 * An admitted command on its way to the device's function.
 *
 * @param command the command's header
 * @param payload what is to be done
 * @param sensitiveResponse the header that the response has if it carries encrypted content
 * @param reader the secret for such content; empty where nobody could read it
 */
public record Call(
    GroupingHeader command,
    Octets payload,
    GroupingHeader sensitiveResponse,
    Optional<SharedSecret> reader,
    Instant now) {}
