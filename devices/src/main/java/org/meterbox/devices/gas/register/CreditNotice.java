// SPDX-License-Identifier: Apache-2.0
package org.meterbox.devices.gas.register;

/** What a gas meter tells of its credit: each thing once, until it is over. */
public enum CreditNotice {
  /** Emergency credit can be activated. */
  EMERGENCY_CREDIT_AVAILABLE(0x8119),
  /** Combined credit is below the low credit threshold. */
  LOW_CREDIT(0x810D),
  /** All emergency credit is used. */
  EMERGENCY_CREDIT_EXHAUSTED(0x81AA),
  /** Combined credit is at or below the disablement threshold. */
  BELOW_DISABLEMENT_THRESHOLD(0x8F0F),
  /** Only the non-disablement calendar keeps the supply on. */
  DISABLEMENT_SUSPENDED(0x8F83);

  private final int code;

  CreditNotice(int code) {
    this.code = code;
  }

  /** The event code. */
  public int code() {
    return code;
  }
}
