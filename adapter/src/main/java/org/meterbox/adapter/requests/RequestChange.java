// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.util.Optional;
import org.meterbox.kernel.Octets;

/**
 * A step of a request. What is empty stays as it was.
 *
 * @param state the state afterwards
 * @param document the document to be posted next
 * @param code the code by which it ended or was held up
 * @param detail more about that code
 * @param acknowledgement the code of the acknowledgement
 * @param result what came back, as JSON text
 */
public record RequestChange(
    RequestState state,
    Optional<Octets> document,
    Optional<String> code,
    Optional<String> detail,
    Optional<String> acknowledgement,
    Optional<String> result) {
  /** Only the state changes. */
  public static RequestChange to(RequestState state) {
    return new RequestChange(
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** It ends or is held up by a code. */
  public static RequestChange by(RequestState state, String code, String detail) {
    return new RequestChange(
        state,
        Optional.empty(),
        Optional.of(code),
        Optional.of(detail),
        Optional.empty(),
        Optional.empty());
  }

  /** With the code of the acknowledgement. */
  public RequestChange acknowledged(String by) {
    return new RequestChange(state, document, code, detail, Optional.of(by), result);
  }

  /** With a document to be posted next. */
  public RequestChange posting(Octets next) {
    return new RequestChange(state, Optional.of(next), code, detail, acknowledgement, result);
  }

  /** With a result. */
  public RequestChange with(String json) {
    return new RequestChange(state, document, code, detail, acknowledgement, Optional.of(json));
  }
}
