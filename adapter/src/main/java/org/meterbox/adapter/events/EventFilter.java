// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.events;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which events somebody wants.
 *
 * @param after only events behind this position
 * @param users of these DCC Users
 * @param kinds of these kinds
 * @param device of this device only
 * @param request about this request only
 * @param code with this code only
 * @param from not before this moment
 */
public record EventFilter(
    long after,
    Set<String> users,
    Set<EventKind> kinds,
    Optional<String> device,
    Optional<String> request,
    Optional<String> code,
    Optional<Instant> from) {
  /** Copies the sets. */
  public EventFilter {
    users = Set.copyOf(users);
    kinds = Set.copyOf(kinds);
  }

  /** The same behind another position. */
  public EventFilter after(long position) {
    return new EventFilter(position, users, kinds, device, request, code, from);
  }
}
