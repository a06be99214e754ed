// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.time.Instant;
import java.util.Optional;
import org.meterbox.kernel.CommandVariant;
import org.meterbox.kernel.MessageId;
import org.meterbox.kernel.Octets;
import org.meterbox.kernel.ServiceReferenceVariant;

/**
 * A request as it is stored.
 *
 * @param id how clients name it: the Request ID that it was given at first
 * @param duisId its DUIS Request ID; another than {@code id} once somebody had to approve it
 * @param client who asked
 * @param user the DCC User in whose name it is sent
 * @param service the service reference variant
 * @param device the target, where it is a device
 * @param variant the command variant that it ends with: 5, 6 or 7 for critical ones
 * @param parameters the parameters as JSON text
 * @param execution when it is to be carried out, where it is future dated
 * @param callback where its end is pushed to
 * @param document the signed document that is to be posted next, or was posted last
 * @param approver who approved it, where that was needed
 * @param code the response or alert code by which it ended, where one did
 * @param detail more about that code
 * @param acknowledgement the code of the DSP's acknowledgement
 * @param result what came back, as JSON text
 * @param attempts posts that failed in a row
 */
public record StoredRequest(
    String id,
    MessageId duisId,
    String client,
    String user,
    ServiceReferenceVariant service,
    Optional<String> device,
    CommandVariant variant,
    String parameters,
    Optional<Instant> execution,
    Optional<String> callback,
    RequestState state,
    Optional<Octets> document,
    Optional<String> approver,
    Optional<String> code,
    Optional<String> detail,
    Optional<String> acknowledgement,
    Optional<String> result,
    int attempts,
    Instant received,
    Instant changed) {
  /** Identifiers and state only: the rest may be personal data. */
  @Override
  public String toString() {
    return id + ", " + service + ", " + state.word();
  }
}
