// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.requests;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterbox.dsp.delivery.Notice;
import org.meterbox.kernel.Octets;

/**
 * A request with everything that was decided about it, about to be stored.
 *
 * @param request what was asked and where it stands from now on
 * @param document the user's octets
 * @param digest SHA-256 of the document, by which the same request is known again
 * @param answer the signed synchronous answer; empty for a run of a DSP schedule
 * @param preCommand the Pre-Command, at the stage of transformation
 * @param command the command that was made for the device
 * @param rule why it was refused, for the audit
 * @param notices what is pushed to the user beside the answer
 */
public record NewRequest(
    StoredRequest request,
    Instant received,
    Octets document,
    Octets digest,
    Octets answer,
    Optional<Octets> preCommand,
    Optional<CommandRecord> command,
    Optional<String> rule,
    List<Notice> notices) {
  /** Keeps an unchangeable copy. */
  public NewRequest {
    notices = List.copyOf(notices);
  }
}
