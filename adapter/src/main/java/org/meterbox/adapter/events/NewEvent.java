// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.events;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event to be appended.
 *
 * @param user the DCC User that it concerns
 * @param device the device, where there is one
 * @param request the request, where there is one
 * @param code the alert or response code, where there is one
 * @param body what it says
 * @param callback where a client asked to be told of this event alone
 */
public record NewEvent(
    EventKind kind,
    String user,
    Optional<String> device,
    Optional<String> request,
    Optional<String> code,
    ObjectNode body,
    Optional<String> callback) {}
