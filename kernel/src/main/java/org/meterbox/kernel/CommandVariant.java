// SPDX-License-Identifier: Apache-2.0
package org.meterbox.kernel;

import java.util.Optional;

/** What the DSP is to do with a Service Request (DUIS CommandVariant). */
public enum CommandVariant {
  /** Non-critical: send over the SM WAN. */
  NON_CRITICAL_WAN(1),
  /** Non-critical: give the command back for local delivery. */
  NON_CRITICAL_LOCAL(2),
  /** Non-critical: both. */
  NON_CRITICAL_BOTH(3),
  /** Critical: transform to a Pre-Command. */
  TRANSFORM(4),
  /** Critical: send the Signed Pre-Command over the SM WAN. */
  CRITICAL_WAN(5),
  /** Critical: give the command back for local delivery. */
  CRITICAL_LOCAL(6),
  /** Critical: both. */
  CRITICAL_BOTH(7),
  /** Non-device request. */
  NON_DEVICE(8),
  /** A run of a DSP schedule; never sent by a user. */
  DSP_SCHEDULED(9);

  private final int number;

  CommandVariant(int number) {
    this.number = number;
  }

  /** The number in the request header, 1 to 9. */
  public int number() {
    return number;
  }

  /** The variant with this number. */
  public static Optional<CommandVariant> of(int number) {
    return number >= 1 && number <= 9 ? Optional.of(values()[number - 1]) : Optional.empty();
  }
}
