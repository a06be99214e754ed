// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

/**
 * Which message goes first wherever there is a queue. Earlier constants overtake later ones; within
 * one priority the order of arrival holds.
 */
public enum Priority {
  /** A prepayment top-up or a supply command: somebody may be sitting in the dark. */
  SUPPLY,
  /** Any other critical command. */
  CRITICAL,
  /** A non-critical command that a person or program waits for. */
  ON_DEMAND,
  /** Scheduled and bulk work. */
  BULK
}
