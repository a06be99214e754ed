// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.access;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.catalogue.ServiceRequestEntry;

/**
 * What a request asks, as far as access control looks at it.
 *
 * @param requestId whose originator asks and whose target is meant
 * @param service where the request was posted; none for a run of a DSP schedule, which the DSP
 *     itself starts
 * @param variant the command variant in its header
 * @param entry what the catalogue says about its service reference variant
 * @param body what its body holds
 * @param executionTime when it is to be carried out, where that is not now
 */
public record AccessQuestion(
    MessageId requestId,
    Optional<WebService> service,
    CommandVariant variant,
    ServiceRequestEntry entry,
    Body body,
    Optional<Instant> executionTime) {

  /** What the body of a request holds, compared with its service reference variant. */
  public enum Body {
    /** The request element of the service reference variant. */
    REQUEST,
    /** A Signed Pre-Command. */
    SIGNED_PRE_COMMAND,
    /** The request element of another service. */
    OTHER_REQUEST
  }
}
