// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.request;

import java.util.Optional;
import org.meterbox.duis.xml.CanonicalXml;
import org.meterbox.duis.xml.DuisNames;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * A request to be written, signed and sent.
 *
 * @param requestId originator, target and counter
 * @param commandVariant what the DSP is to do with it
 * @param serviceReferenceVariant the variant; gives the service reference too
 * @param firstInSequence present and true on the first member of a sequence
 * @param precedingRequestId the member of the sequence that must succeed first
 * @param body the request element
 */
public record RequestDraft(
    MessageId requestId,
    CommandVariant commandVariant,
    ServiceReferenceVariant serviceReferenceVariant,
    Optional<Boolean> firstInSequence,
    Optional<MessageId> precedingRequestId,
    XmlElement body) {

  /** A request that belongs to no sequence. */
  public static RequestDraft single(
      MessageId requestId,
      CommandVariant commandVariant,
      ServiceReferenceVariant serviceReferenceVariant,
      XmlElement body) {
    return new RequestDraft(
        requestId,
        commandVariant,
        serviceReferenceVariant,
        Optional.empty(),
        Optional.empty(),
        body);
  }

  /** The document, ready to be signed. */
  public CanonicalXml write() {
    XmlElement header =
        XmlElement.builder(DuisNames.DUIS, "Header")
            .leaf("RequestID", requestId.toString())
            .child(
                firstInSequence.map(
                    first -> XmlElement.leaf("FirstInSequence", Boolean.toString(first))))
            .child(
                precedingRequestId.map(
                    id -> XmlElement.leaf("PrecedingServiceRequestID", id.toString())))
            .leaf("CommandVariant", Integer.toString(commandVariant.number()))
            .leaf("ServiceReference", serviceReferenceVariant.serviceReference())
            .leaf("ServiceReferenceVariant", serviceReferenceVariant.value())
            .build();
    return CanonicalXml.of(
        XmlElement.builder(DuisNames.DUIS, "Request")
            .attribute("schemaVersion", DuisNames.SCHEMA_VERSION)
            .child(header)
            .child(XmlElement.of("Body", body))
            .build());
  }
}
