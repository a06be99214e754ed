// SPDX-License-Identifier: Apache-2.0
package org.meterbox.duis.request;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.duis.signature.SignatureBlock;
import org.meterbox.duis.xml.ElementException;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * A Service Request or Signed Pre-Command that passed the schema. Whether its parts agree with each
 * other and its sender may send it is for the DSP to judge.
 *
 * @param requestId originator, target and counter
 * @param commandVariant what the DSP is to do with it
 * @param serviceReference the service reference of the header, for example 4.1
 * @param serviceReferenceVariant the variant of the header, for example 4.1.1
 * @param firstInSequence whether it opens a sequence, where the header says so
 * @param precedingRequestId the member of the sequence that must succeed first
 * @param schemaVersion the DUIS version that the sender names, for example 5.4
 * @param body the request element, for example ReadInventory
 * @param signature the signature as received, not yet verified
 * @param asReceived the whole document as received
 */
public record ServiceRequest(
    MessageId requestId,
    CommandVariant commandVariant,
    String serviceReference,
    ServiceReferenceVariant serviceReferenceVariant,
    Optional<Boolean> firstInSequence,
    Optional<MessageId> precedingRequestId,
    String schemaVersion,
    XmlElement body,
    SignatureBlock signature,
    Octets asReceived) {
  private static final String EXECUTION_DATE_TIME = "ExecutionDateTime";

  /** The Signed Pre-Command, if this is one. */
  public Optional<SignedPreCommand> signedPreCommand() throws ElementException {
    return body.localName().equals(SignedPreCommand.ELEMENT)
        ? Optional.of(new SignedPreCommand(executionDateTime(), body.base64("GBCSPayload")))
        : Optional.empty();
  }

  /** When the request is to be executed, where it is future dated. */
  public Optional<Instant> executionDateTime() throws ElementException {
    return body.has(EXECUTION_DATE_TIME)
        ? Optional.of(body.dateTime(EXECUTION_DATE_TIME))
        : Optional.empty();
  }

  /** The identifiers only: the body may be somebody's personal data. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, variant %d, %s",
        serviceReferenceVariant,
        commandVariant.number(),
        requestId);
  }
}
