// SPDX-License-Identifier: Apache-2.0
package org.meterbox.dsp.users;

/** Whether a DCC User may use its rights. */
public enum UserStatus {
  /** It may. */
  ACTIVE,
  /** Its rights rest: every request is refused with E3. */
  SUSPENDED
}
