// SPDX-License-Identifier: Apache-2.0
package org.meterbox.adapter.requests;

import java.util.Set;
import org.meterbox.adapter.identity.UserIdentity;
import org.meterbox.adapter.sending.CriticalCommand;
import org.meterbox.adapter.sending.RequestSender;
import org.meterbox.correlate.ParseAndCorrelate;
import org.meterbox.kernel.UserRole;

/**
 * A DCC User in whose name the adapter works.
 *
 * @param name how clients call it
 * @param roles the user roles in which it sends
 * @param identity its keys
 * @param sender signs and posts
 * @param critical compares and signs Pre-Commands
 * @param parseAndCorrelate verifies and reads what devices say
 */
public record DccUser(
    String name,
    Set<UserRole> roles,
    UserIdentity identity,
    RequestSender sender,
    CriticalCommand critical,
    ParseAndCorrelate parseAndCorrelate) {
  /** Copies the set. */
  public DccUser {
    roles = Set.copyOf(roles);
  }
}
