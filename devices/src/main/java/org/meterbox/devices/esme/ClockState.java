// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.esme;

import java.time.Instant;

/**
 * What a meter thinks of its time. It follows the hub's clock; the supplier says between which
 * times it may believe it (SRV 6.11).
 *
 * @param validFrom the hub's time is believed from here
 * @param validTo up to here
 */
public record ClockState(Status status, Instant validFrom, Instant validTo) {
  /** A meter whose clock nobody has set. */
  public static final ClockState NEVER_SET =
      new ClockState(Status.INVALID, Instant.EPOCH, Instant.EPOCH);

  /** How far the time can be trusted (SMETS clock status). */
  public enum Status {
    RELIABLE(0),
    INVALID(1),
    UNRELIABLE(2);

    private final int number;

    Status(int number) {
      this.number = number;
    }

    /** The status on the wire. */
    public int number() {
      return number;
    }
  }

  /** Whether the hub's time may be believed. */
  boolean covers(Instant time) {
    return !time.isBefore(validFrom) && !time.isAfter(validTo);
  }
}
