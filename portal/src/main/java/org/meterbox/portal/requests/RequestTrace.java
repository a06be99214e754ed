// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.MessageId;

/**
 * The way of a request from the gateway to a device and back.
 *
 * @param id its Request ID
 * @param stages the request; a critical one comes twice, first to be transformed
 * @param steps what happened, in order of time
 * @param documents what user and data systems said to each other
 * @param messages what data systems and device said to each other
 */
public record RequestTrace(
    MessageId id,
    List<RequestSummary> stages,
    List<TraceStep> steps,
    List<XmlDocument> documents,
    List<DeviceMessage> messages) {
  /** Copies the lists. */
  public RequestTrace {
    stages = List.copyOf(stages);
    steps = List.copyOf(steps);
    documents = List.copyOf(documents);
    messages = List.copyOf(messages);
  }

  /** The request as it stands: its execution, or its transformation where that is all there is. */
  public RequestSummary request() {
    return stages.getLast();
  }

  /** A document by its name. */
  public Optional<XmlDocument> document(String name) {
    return documents.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The picture of the steps. */
  public SequenceDiagram diagram() {
    return SequenceDiagram.of(this);
  }
}
