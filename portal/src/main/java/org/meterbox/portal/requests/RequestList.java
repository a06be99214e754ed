// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of requests.
 *
 * @param requests in the order asked for
 * @param next where the next page begins; empty at the end
 * @param searchedTo up to when was searched, where a rare kind was asked for and the search ended
 *     before the page was full
 */
public record RequestList(
    List<RequestSummary> requests, Optional<String> next, Optional<Instant> searchedTo) {
  /** Copies the list. */
  public RequestList {
    requests = List.copyOf(requests);
  }
}
