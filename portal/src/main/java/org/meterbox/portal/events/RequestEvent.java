// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.events;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.MessageId;

/**
 * What happened to a request.
 *
 * @param number rises from event to event, with gaps
 * @param at when
 * @param request its Request ID
 * @param service the service reference variant
 * @param state in which it is since
 * @param reason the response code or reason, where there is one
 */
public record RequestEvent(
    long number,
    Instant at,
    MessageId request,
    String service,
    String state,
    Optional<String> reason) {}
