// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.check;

import org.meterbox.duis.request.RequestDraft;
import org.meterbox.duis.request.ServiceRequest;
import org.meterbox.duis.xml.XmlElement;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * The request as its user knows it.
 *
 * @param requestId user, device and counter
 * @param commandVariant what the DSP was asked to do with it
 * @param serviceReference the service reference that its header names, for example 7.1
 * @param service which service
 * @param body the request element, for example EnableSupply
 */
public record OriginalRequest(
    MessageId requestId,
    CommandVariant commandVariant,
    String serviceReference,
    ServiceReferenceVariant service,
    XmlElement body) {
  /** A request that was read. */
  public static OriginalRequest of(ServiceRequest request) {
    return new OriginalRequest(
        request.requestId(),
        request.commandVariant(),
        request.serviceReference(),
        request.serviceReferenceVariant(),
        request.body());
  }

  /** A request before it is signed. */
  public static OriginalRequest of(RequestDraft draft) {
    return new OriginalRequest(
        draft.requestId(),
        draft.commandVariant(),
        draft.serviceReferenceVariant().serviceReference(),
        draft.serviceReferenceVariant(),
        draft.body());
  }

  /** The same request with another element in its body. */
  public OriginalRequest withBody(XmlElement other) {
    return new OriginalRequest(requestId, commandVariant, serviceReference, service, other);
  }

  /** The identifiers only: the body may be somebody's personal data. */
  @Override
  public String toString() {
    return service + ", " + requestId;
  }
}
