// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.DeviceType;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.Priority;
import org.meterbox.kernel.ServiceReferenceVariant;
import org.meterbox.kernel.UserRole;

/**
 * A request with everything that was decided about it, about to be stored.
 *
 * @param service its service reference variant
 * @param deviceType the target's type, where it is a known device
 * @param document the user's octets
 * @param digest SHA-256 of the document, by which the same request is known again
 * @param answer the signed synchronous answer
 * @param state where it stands from now on
 * @param command what was made for the device: a Pre-Command at the stage of transformation,
 *     otherwise the command with its MAC
 * @param role the role in which access was granted
 * @param rule why it was refused, for the audit
 * @param notices what is pushed to the user beside the answer
 */
public record NewRequest(
    RequestKey key,
    ServiceReferenceVariant service,
    CommandVariant variant,
    Priority priority,
    Optional<DeviceType> deviceType,
    Instant received,
    Octets document,
    Octets digest,
    Octets answer,
    RequestState state,
    Optional<CommandForDevice> command,
    Optional<UserRole> role,
    Optional<String> rule,
    List<Notice> notices) {}
