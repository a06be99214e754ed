// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.security;

import org.meterbox.kernel.RemotePartyRole;

/**
 * A place in a device for one certificate of a remote party (GBCS TrustAnchorCell).
 *
 * @param role whose certificate it takes
 * @param keyUse for which kind of key
 * @param purpose management, or prepayment top-up for a supplier's second agreement key
 */
public record TrustAnchorCell(RemotePartyRole role, KeyUse keyUse, Purpose purpose) {
  /** What the key in a cell is used for (GBCS CellUsage). */
  public enum Purpose {
    MANAGEMENT,
    PREPAYMENT_TOP_UP
  }

  /** The management cell for a role and a kind of key. */
  public static TrustAnchorCell of(RemotePartyRole role, KeyUse keyUse) {
    return new TrustAnchorCell(role, keyUse, Purpose.MANAGEMENT);
  }
}
