// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.util.Optional;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.Eui64;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * What a client asks for, checked against the schema and the catalogue.
 *
 * @param client who asks
 * @param idempotencyKey names the request: a repeat with the same key gets the same request
 * @param user in whose name it is sent
 * @param service the service
 * @param variant of the command: 1, 2, 3, 8, or for critical services 5, 6, 7
 * @param device the target; empty for what the DSP answers itself
 * @param body the request element
 * @param parameters the parameters as JSON text, for people
 * @param firstInSequence whether it opens a sequence
 * @param preceding the member of the sequence that must succeed first
 * @param callback where the end of the request is pushed to
 */
public record NewRequest(
    String client,
    Optional<String> idempotencyKey,
    DccUser user,
    ServiceRequestEntry service,
    CommandVariant variant,
    Optional<Eui64> device,
    XmlElement body,
    String parameters,
    boolean firstInSequence,
    Optional<MessageId> preceding,
    Optional<String> callback) {}
