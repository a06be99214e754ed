// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme.payment;

/** What a meter made of a prepayment token. */
public enum TokenResult {
  /** The credit is added. */
  ACCEPTED,
  /** Not twenty digits, or the last one does not check the others. */
  NO_TOKEN,
  /** Too many wrong tokens were typed in; the meter takes none for a while. */
  ENTRY_SUSPENDED,
  /** Not made by this supplier for this meter. */
  NOT_AUTHENTIC,
  /** A token of another kind of meter. */
  NOT_FOR_THIS_DEVICE,
  /** Taken before, or older than what the meter remembers. */
  ALREADY_TAKEN,
  /** More than one token may bring; it is not used up. */
  ABOVE_MAXIMUM_CREDIT,
  /** The balance would be higher than it may; the token is not used up. */
  ABOVE_MAXIMUM_BALANCE,
  /** Tokens are for prepayment mode only; the token is not used up. */
  NOT_IN_PREPAYMENT_MODE
}
