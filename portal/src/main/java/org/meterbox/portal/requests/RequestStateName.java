// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.requests;

import java.util.Locale;

/** Where a request stands, by the words of the data systems' tables. */
public enum RequestStateName {
  /** Waits for its execution time. */
  HELD("Waiting for its time", ""),
  /** Waits for the request before it in its sequence. */
  WAITING_FOR_PREDECESSOR("Waiting for another request", ""),
  /** Waits for the change of supplier party. */
  AWAITING_COS_PARTY("Waiting for the CoS party", ""),
  /** A command is on its way or its answer is. */
  IN_FLIGHT("In flight", "warn"),
  /** The device has the command and will report what it did. */
  AWAITING_OUTCOMES("Waiting for the device's reports", ""),
  /** Held back by anomaly detection until somebody decides. */
  QUARANTINED("Quarantined", "warn"),
  /** Answered. */
  ANSWERED("Answered", "good"),
  /** Refused by the data systems. */
  REFUSED("Refused", "bad"),
  /** Not delivered or not answered. */
  FAILED("Failed", "bad"),
  /** Taken back. */
  CANCELLED("Cancelled", ""),
  /** Its time passed. */
  EXPIRED("Expired", "bad");

  private final String title;
  private final String tone;

  RequestStateName(String title, String tone) {
    this.title = title;
    this.tone = tone;
  }

  /** What people read. */
  public String title() {
    return title;
  }

  /** How it looks: good, warn, bad or nothing. */
  public String tone() {
    return tone;
  }

  /** How addresses spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
