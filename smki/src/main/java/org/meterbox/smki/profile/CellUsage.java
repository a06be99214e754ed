// SPDX-License-Identifier: Apache-2.0
package org.meterbox.smki.profile;

/**
 * What a device may use a certificate in a trust anchor cell for (GBCS CellUsage). The two kinds of
 * key agreement certificate of a Supplier look alike: only the register of its organisation says
 * which one is for top-ups.
 */
public enum CellUsage {
  /** All commands and responses but prepayment top-ups. */
  MANAGEMENT,
  /** The MAC in prepayment top-up tokens (UTRN). */
  PREPAYMENT_TOP_UP
}
