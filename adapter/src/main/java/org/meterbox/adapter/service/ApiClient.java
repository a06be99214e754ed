// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.service;

import java.util.Set;
import org.meterbox.kernel.Octets;

/**
 * A program or person that uses the API.
 *
 * @param name how requests and approvals name it
 * @param tokenDigest SHA-256 of its bearer token: the token itself is with the client only
 * @param users the DCC Users in whose name it may work
 * @param permissions what it may do
 */
public record ApiClient(
    String name, Octets tokenDigest, Set<String> users, Set<Permission> permissions) {
  /** Copies the sets. */
  public ApiClient {
    users = Set.copyOf(users);
    permissions = Set.copyOf(permissions);
  }
}
