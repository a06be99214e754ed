// SPDX-License-Identifier: Apache-2.0
package org.meterbox.wan;

/** Thrown by the receiver of an uplink message that it could not store durably. */
public final class NotStoredException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why, with the fault behind it. */
  public NotStoredException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says why. */
  public NotStoredException(String message) {
    super(message);
  }
}
