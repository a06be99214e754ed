// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.users;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meterbox.kernel.Eui64;

/**
 * A DCC User.
 *
 * @param id its EUI-64
 * @param name how people call it
 * @param status whether it may send
 * @param roles in which it sends
 * @param receiver where responses are pushed to, where that is known
 * @param duisVersion the version of DUIS that it speaks
 */
public record UserSummary(
    Eui64 id,
    String name,
    String status,
    List<String> roles,
    Optional<String> receiver,
    String duisVersion) {
  /** Copies the list. */
  public UserSummary {
    roles = List.copyOf(roles);
  }

  /** The status in words. */
  public String statusText() {
    String words = status.toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The roles in one line. */
  public String rolesText() {
    return String.join(", ", roles);
  }
}
