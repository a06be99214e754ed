// SPDX-License-Identifier: Apache-2.0
package org.meterbox.store;

/** A database password that no log, dump or message shows. */
public final class Password {
  private final String value;

  /** Takes the password. */
  public Password(String value) {
    this.value = value;
  }

  String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "Password[redacted]";
  }
}
