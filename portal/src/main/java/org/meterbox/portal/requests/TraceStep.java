// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.time.Instant;

/**
 * One step on the way of a request.
 *
 * @param at when, by the clock of the data systems
 * @param from whose step it is
 * @param to whom it reaches; the same as {@code from} for a change of state
 * @param title what happened
 * @param detail more on it, or empty
 * @param tone good, warn, bad or nothing
 */
public record TraceStep(
    Instant at, Party from, Party to, String title, String detail, String tone) {
  /** Who takes part. */
  public enum Party {
    /** The user who sent the request. */
    USER("DCC User"),
    /** The DCC Data Systems. */
    DATA_SYSTEMS("DCC Data Systems"),
    /** The device, behind the SM WAN and its communications hub. */
    DEVICE("Device");

    private final String title;

    Party(String title) {
      this.title = title;
    }

    /** What people read. */
    public String title() {
      return title;
    }
  }

  /** Whether it is a message from one party to another. */
  public boolean isMessage() {
    return from != to;
  }
}
