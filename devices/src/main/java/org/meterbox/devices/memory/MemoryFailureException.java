// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.memory;

/** Thrown where a device's memory cannot be read or written with certainty. */
public final class MemoryFailureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what failed. */
  public MemoryFailureException(String message) {
    super(message);
  }

  /** Says what failed, with the fault behind it. */
  public MemoryFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
