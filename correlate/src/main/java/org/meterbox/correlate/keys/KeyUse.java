// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.keys;

/** What a certified key is for (GBCS KeyUsage and CellUsage). */
public enum KeyUse {
  /** Verifies the holder's signatures. */
  DIGITAL_SIGNATURE,
  /** Agrees on the secrets of MACs and of encrypted content. */
  KEY_AGREEMENT,
  /** Agrees on the secrets of prepayment tokens. */
  PREPAYMENT_TOP_UP
}
